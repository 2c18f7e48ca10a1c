using HelpDesk.Pages;
using HelpDesk.Technicians;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.SignIn;

internal static class SignInEndpoints
{
    /// <summary>Development sign-ins, without passwords. Outside Development there is none, and the answer says what a host does instead.</summary>
    public static IEndpointConventionBuilder MapSignIn(this WebApplication app)
    {
        var group = app.MapGroup("").WithPageSecurity().RequireSameOrigin().ExcludeFromDescription();
        if (app.Environment.IsDevelopment())
        {
            group.MapGet("/signin", (HttpContext http) => Page(http, StatusCodes.Status200OK));
            group.MapPost("/signin", SignInAsync);
        }
        else
        {
            group.MapMethods("/signin", [HttpMethods.Get, HttpMethods.Post], NoSignInHere);
        }
        group.MapPost("/signout", (Delegate)SignOutAsync);
        return group;
    }

    private static async Task<IResult> SignInAsync(HttpContext http, DisabledTechnicians disabled)
    {
        var form = await http.Request.ReadFormOrEmptyAsync();
        if (DevelopmentTechnicians.Find(form["technician"]) is not { } technician)
            return Page(http, StatusCodes.Status400BadRequest);
        if (disabled.Contains(technician.Id))
            return Page(http, StatusCodes.Status403Forbidden);
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, TechnicianClaims.Of(technician));
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect("/signin");
    }

    private static RazorComponentResult Page(HttpContext http, int statusCode) =>
        http.Page<SignInPage>(new Dictionary<string, object?> { [nameof(SignInPage.Unknown)] = statusCode == StatusCodes.Status400BadRequest }, statusCode);

    private static RazorComponentResult NoSignInHere(HttpContext http) =>
        http.Page<NoSignInPage>(statusCode: StatusCodes.Status404NotFound);
}
