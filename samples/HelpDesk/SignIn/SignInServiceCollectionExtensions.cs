using System.Security.Claims;
using HelpDesk.Technicians;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace HelpDesk.SignIn;

internal static class SignInServiceCollectionExtensions
{
    /// <summary>
    /// The cookie by which technicians are known. SameSite=Strict does the work of antiforgery tokens: no other site's request carries it.
    /// </summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = "helpdesk";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
            options.Events.OnValidatePrincipal = RefuseDisabled;
        });
        return services.AddAuthorization();
    }

    private static Task RefuseDisabled(CookieValidatePrincipalContext context)
    {
        var disabled = context.HttpContext.RequestServices.GetRequiredService<DisabledTechnicians>();
        if (disabled.Contains(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier)))
            context.RejectPrincipal();
        return Task.CompletedTask;
    }

    // A program wants the status; a person wants the sign-in. The address is relative, so a forged Host header never comes back in it.
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int statusCode)
    {
        if (statusCode != StatusCodes.Status401Unauthorized || context.Request.Path.StartsWithSegments("/rescue"))
            context.Response.StatusCode = statusCode;
        else
            context.Response.Redirect("/signin");
        return Task.CompletedTask;
    }
}
