using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Permissions;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace Rescue.Sessions.AspNetCore.Tests;

/// <summary>A product with the library in it, on a clock that stands still until it is moved. Who signs in is said by a header.</summary>
internal sealed class TestProduct : IAsyncDisposable
{
    public const string Base = "https://help.example.org/";
    private const string Who = "X-Technician";

    private readonly WebApplication app;
    private readonly string appletFile = Path.GetTempFileName();

    private TestProduct(Action<RescueSessionsOptions>? configure, Action<RescueWebOptions>? web, string prefix, PermissionPolicy? policy)
    {
        File.WriteAllText(appletFile, "the applet");
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IEmailDispatcher>(Sent);
        if (policy is not null)
            builder.Services.AddSingleton(policy);
        builder.Services
            .AddRescueSessions(options =>
            {
                options.Codes.PublicBaseUri = new Uri(Base + prefix.TrimStart('/'));
                options.Organization.Name = "Acme & Sons";
                options.Codes.IssueLimit = 0;
                options.Invitations.RecipientLimit = 0;
                options.Permissions.Groups.Add(new() { Name = "all", Grants = [.. Enum.GetValues<ConnectionRight>()] });
                options.Permissions.Groups.Add(new() { Name = "few", Grants = [PrivateSessions, PinConnection] });
                configure?.Invoke(options);
            })
            .AddEmail(options => options.SenderAddress = "support@example.org")
            .AddAspNetCore(options =>
            {
                options.Technician = user => user.FindFirst("id")?.Value.Split('/') is [var tenant, var id, var group]
                    ? new Technician(id, $"Name of {id}") { Tenant = tenant, Groups = [group], Email = $"{id}@example.org" }
                    : null;
                options.Applets[DevicePlatform.Windows] = appletFile;
                options.Applets[DevicePlatform.Linux] = appletFile;
                web?.Invoke(options);
            });
        app = builder.Build();
        app.Use((HttpContext context, RequestDelegate next) =>
        {
            if (context.Request.Headers[Who] is [{ } id])
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("id", id)], "test"));
            context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-Address"] is [{ } address] ? address : "203.0.113.1");
            return next(context);
        });
        app.MapRescueSessions(prefix);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public CapturingDispatcher Sent { get; } = new();

    /// <summary>Somebody without a sign-in, such as the customer and the applet.</summary>
    public HttpClient Anyone { get; private set; } = null!;

    public static async Task<TestProduct> StartAsync(
        Action<RescueSessionsOptions>? configure = null, Action<RescueWebOptions>? web = null, string prefix = "",
        PermissionPolicy? policy = null)
    {
        var product = new TestProduct(configure, web, prefix, policy);
        await product.app.StartAsync();
        product.Anyone = product.app.GetTestClient();
        return product;
    }

    public HttpClient Technician(string id = "alice", string group = "all", string tenant = "acme")
    {
        var client = app.GetTestClient();
        client.DefaultRequestHeaders.Add(Who, $"{tenant}/{id}/{group}");
        return client;
    }

    public IServiceProvider Services => app.Services;

    /// <summary>Moves the clock, and lets everything that runs by it have its turn.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var services = app.Services;
        Time.Advance(time);
        await services.GetRequiredService<Lifecycle.OverdueSweep>().RunAsync(default);
        await services.GetRequiredService<Lifecycle.SilenceSweep>().RunAsync(default);
        await services.GetRequiredService<Lifecycle.AlarmSweep>().RunAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        File.Delete(appletFile);
    }

    internal sealed class CapturingDispatcher : IEmailDispatcher
    {
        public List<EmailMessage> Messages { get; } = [];

        public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

        public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
        {
            lock (Messages)
                Messages.Add(message);
            return Task.FromResult<DispatchResult>(new DispatchResult.Accepted("250 ok"));
        }
    }
}
