using System.Security.Claims;
using HelpDesk.Technicians;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
            options.Events.OnValidatePrincipal = RefuseEndedAndDisabled;
            options.Events.OnSigningOut = End;
        });
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<EndedSignIns>().AddAuthorization();
    }

    private static Task RefuseEndedAndDisabled(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (context.Principal?.FindFirstValue(TechnicianClaims.SignIn) is not { } signIn
            || services.GetRequiredService<EndedSignIns>().Contains(signIn)
            || services.GetRequiredService<DisabledTechnicians>().Contains(context.Principal.FindFirstValue(ClaimTypes.NameIdentifier)))
        {
            context.RejectPrincipal();
        }

        return Task.CompletedTask;
    }

    // Deleting the browser's cookie would leave every copy of it valid.
    private static Task End(CookieSigningOutContext context)
    {
        if (context.HttpContext.User.FindFirstValue(TechnicianClaims.SignIn) is { } signIn)
            context.HttpContext.RequestServices.GetRequiredService<EndedSignIns>().Add(signIn, context.Options.ExpireTimeSpan);
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
