using HelpDesk.Pages;

namespace HelpDesk.Localization;

internal static class LanguageEndpoints
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    /// <summary>The language switch: remembers the choice and goes back to the page it was made on.</summary>
    public static IEndpointConventionBuilder MapLanguageSwitch(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/language", async (HttpContext http, Languages languages) =>
        {
            var form = await http.Request.ReadFormOrEmptyAsync();
            if (languages.Find(form["language"]) is { } language)
            {
                http.Response.Cookies.Append(Languages.Cookie, language.Code, new CookieOptions
                {
                    MaxAge = Remembered,
                    SameSite = SameSiteMode.Lax,
                    HttpOnly = true,
                    Secure = http.Request.IsHttps,
                    IsEssential = true,
                });
            }
            return Results.LocalRedirect(form["back"].ToString() is ['/', not ('/' or '\\'), ..] back && back.All(IsPlain) ? back : "/");
        }).RequireSameOrigin().ExcludeFromDescription();

    // Anything else cannot stand in a header, and no address of the sample has it.
    private static bool IsPlain(char character) => character is > ' ' and <= '~';
}
