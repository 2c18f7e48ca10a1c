using System.Globalization;
using HelpDesk.Localization;
using HelpDesk.Pages;

namespace HelpDesk.Settings;

internal static class SettingsEndpoints
{
    /// <summary>The administrator's settings. The page is for whoever is signed in; what is missing to use it, the server says.</summary>
    public static IEndpointConventionBuilder MapSettings(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/settings", (HttpContext http) => http.User.Identity is { IsAuthenticated: true }
                ? http.Page<SettingsPage>(new Dictionary<string, object?> { [nameof(SettingsPage.User)] = http.User })
                : Results.LocalRedirect("/signin"))
            .WithPageSecurity()
            .ExcludeFromDescription();

    /// <summary>What the library says to administrators is said in the language of the sample's pages.</summary>
    public static void UseReadersLanguage(this WebApplication app) => app.Use((HttpContext context, RequestDelegate next) =>
    {
        var language = context.RequestServices.GetRequiredService<Languages>().For(context.Request);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language.Code);
        return next(context);
    });
}
