using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Testing;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace Guides.Tests.Snippets;

internal static class PackageReadmes
{
    public static void Core(IServiceCollection services)
    {
        services.AddRescueSessions(options => options.Codes.PublicBaseUri = new Uri("https://help.acme.example/"));
    }

    public static void Email(IServiceCollection services)
    {
        services
            .AddRescueSessions(options => options.Codes.PublicBaseUri = new Uri("https://help.acme.example/"))
            .AddEmail(options => options.SenderAddress = "support@acme.example")
            .UseSmtp(options => options.Host = "smtp.acme.example");
    }

    public static void Web(WebApplicationBuilder builder, Func<WebApplication> build)
    {
        builder.Services
            .AddRescueSessions(options =>
            {
                options.Organization.Name = "Acme Support";
                options.Codes.PublicBaseUri = new Uri("https://help.acme.example/");
                options.Permissions.Groups.Add(new TechnicianGroup { Name = "support", Grants = [PrivateSessions, EmailConnection, EmailOnBehalf, PinConnection] });
            })
            .AddEmail(options => options.SenderAddress = "support@acme.example")
            .UseSmtp(options => options.Host = "smtp.acme.example")
            .AddAspNetCore(options => options.Technician = user => user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
                ? new Technician(id, user.Identity!.Name ?? id) { Groups = ["support"] }
                : null);

        Map(build());

        static void Map(WebApplication app) =>
            app.MapRescueSessions();
    }

    public static void Components(WebApplication app)
    {
        app.MapStaticAssets();       // or app.UseStaticFiles()
        app.MapRescueSessions();     // Rescue.Sessions.AspNetCore
    }

    public static void Database(IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddRescueSessions(options =>
            {
                options.Codes.PublicBaseUri = new Uri("https://help.acme.example/");
                options.Codes.Keys.Add(configuration["CodeKey"]!);   // openssl rand -base64 32, the same on all nodes
            })
            .UseEntityFrameworkCore(database => database.UseNpgsql(configuration.GetConnectionString("HelpDesk")));
    }

    public static async Task Testing()
    {
        await using var product = new TestProduct();
        var session = await product.NewSession("Grace Hopper").ByEmail("grace@example.org").ConnectingAsync();

        var customer = product.Customer(product.Mail.SingleTo("grace@example.org"));
        await customer.JoinAsync();
        await customer.ReadyAsync();
        customer.IsOnline = false;
        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(SessionStatus.Reconnecting, (await session.NowAsync()).Status);
    }
}
