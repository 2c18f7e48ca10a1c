using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Hosting;

namespace Guides.Tests.Snippets;

internal static class GettingStarted
{
    public static void SignIn(WebApplication app)
    {
        app.MapPost("/signin", (HttpContext context) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, "ada"), new(ClaimTypes.Name, "Ada Lovelace")], CookieAuthenticationDefaults.AuthenticationScheme)))).AllowAnonymous();
    }

    public static void Address(RescueSessionsOptions options)
    {
        options.Codes.PublicBaseUri = new Uri("http://localhost:5000/");
    }

    public static RescueSessionsBuilder Trap(RescueSessionsBuilder support) => support
        .UseSmtp(options => (options.Host, options.Port, options.Security) = ("127.0.0.1", 2525, SmtpSecurity.None))
        .AddEmail();
}
