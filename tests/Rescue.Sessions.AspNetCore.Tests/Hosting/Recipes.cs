using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Transforms;

namespace Rescue.Sessions.AspNetCore.Tests.Hosting;

/// <summary>The code of docs/hosting.md, line by line.</summary>
internal static class Recipes
{
    public static void TrustProxy(WebApplicationBuilder builder) =>
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Add(IPAddress.Parse("10.0.0.5"));
        });

    public static void AddYarp(WebApplicationBuilder builder) =>
        builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddTransforms(context => context.AddXForwarded(ForwardedTransformActions.Set));

    public static void MapBehindProxy(WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRescueSessions();
    }

    public static void MapBelowPath(WebApplication app) =>
        app.MapRescueSessions("/support");

    public static void AskService(RescueWebOptions options) =>
        options.FindTechnician = async context => await context.RequestServices.GetRequiredService<Staff>().FindAsync(context.User);

    public static void RefuseSignedOut(WebApplicationBuilder builder) =>
        builder.Services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, options =>
            options.Events.OnValidatePrincipal = async context =>
            {
                if (!await context.HttpContext.RequestServices.GetRequiredService<Staff>().IsSignedInAsync(context.Principal!))
                    context.RejectPrincipal();
            });

    public static void ShareKeys(WebApplicationBuilder builder) =>
        builder.Services.AddDataProtection().SetApplicationName("helpdesk").PersistKeysToFileSystem(new DirectoryInfo("/var/lib/helpdesk/keys"));

    /// <summary>A host's own.</summary>
    internal sealed class Staff
    {
        private readonly HashSet<string> left = [];
        private readonly HashSet<string> signedOut = [];

        public void SignOut(string id) => signedOut.Add(id);

        public ValueTask<bool> IsSignedInAsync(ClaimsPrincipal user) => new(user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && !signedOut.Contains(id));

        public ValueTask<Technician?> FindAsync(ClaimsPrincipal user) =>
            new(user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && !left.Contains(id) ? new Technician(id, id) { Groups = ["all"] } : null);
    }
}
