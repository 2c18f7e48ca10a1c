using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Reliability.Hooks;
using Rescue.Sessions.Reliability.Nodes.Weaknesses;
using Rescue.Sessions.Reliability.Starting.Histories;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>A process that serves a product with the library in it, on a free port, until its standard input ends or it is killed.</summary>
internal static class Node
{
    public const string Command = "node";

    /// <summary>The header that says which technician signs in: an id, of one tenant for all or, as <c>ada@acme</c>, of another.</summary>
    public const string Technician = "X-Technician";

    /// <summary>Where it says what time it is.</summary>
    public const string Clock = "clock";

    // All nodes of a run share it; it protects nothing.
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    public static async Task RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        var settings = builder.Configuration.Get<NodeSettings>()!;
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (!settings.Quiet)
            builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error);
        builder.Services.AddAuthorization();
        if (settings.Weakness == Weakness.OwnClock)
            builder.Services.AddSingleton<TimeProvider>(new MachineClock());
        AddProduct(builder.Services, settings);
        builder.Services.Weaken(settings.Weakness);

        await using var app = builder.Build();
        app.Use((context, next) =>
        {
            if (context.Request.Headers[Technician] is [{ } id])
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("id", id)], "header"));
            return next(context);
        });
        if (settings.Weakness == Weakness.StreamsRead)
            app.LetStreamsRead();
        app.MapRescueSessions();
        app.MapHistories();
        app.MapGet(Clock, (TimeProvider time) => TypedResults.Ok(new { now = time.GetUtcNow() }));
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        // The run holds the other end, so that no node outlives it.
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static Technician SignedIn(string[] names)
    {
        var technician = new Technician(names[0], $"Name of {names[0]}") { Groups = ["all"], Email = $"{names[0]}@example.org" };
        return names is [_, var tenant] ? technician with { Tenant = tenant } : technician;
    }

    private static void AddHooks(RescueSessionsBuilder builder, NodeSettings settings)
    {
        builder.Services.AddSingleton(settings).AddSingleton(new HttpClient());
        builder
            .AddSessionSubscription<ReportingSubscriber>(ReportingSubscriber.Name, options => options.Start = SubscriptionStart.Beginning)
            .AddWebhooks(options =>
            {
                (options.AllowHttp, options.AllowPrivateAddresses) = (true, true);
                options.Timeout = TimeSpan.FromSeconds(3);
                options.MaxRetryDelay = TimeSpan.FromSeconds(10);
                options.Concurrency = 8;
            });
    }

    private static void AddProduct(IServiceCollection services, NodeSettings settings)
    {
        var builder = services
            .AddRescueSessions(options =>
            {
                options.Organization.Name = "Acme Support";
                options.Codes.PublicBaseUri = new("https://help.example.org/");
                options.Codes.Keys.Add(Key);
                options.Codes.PinLength = 9;
                options.Codes.Validity = settings.Validity;
                options.Codes.IssueLimit = 0;
                options.Codes.RepeatWindow = TimeSpan.Zero;
                options.Invitations.RecipientLimit = 0;
                options.Invitations.DistinctRecipients = 0;
                options.Technicians.Capacity = 0;
                options.Timeouts.Connecting = TimeSpan.Zero;
                options.Timeouts.Waiting = settings.Waiting;
                if (!settings.HasGuessBudget)
                    (options.Guessing.PerAddress, options.Guessing.PerTenant, options.Guessing.Overall) = (0, 0, 0);
                // One after the other, so that a node that is killed has always some left in its memory.
                if (settings.Weakness == Weakness.MailInMemory)
                    options.Outbox.Concurrency = 1;
                // Applets of a run join and say nothing more.
                options.Timeouts.Silence = TimeSpan.FromHours(1);
                options.Permissions.Groups.Add(new() { Name = "all", Grants = [.. Enum.GetValues<ConnectionRight>()] });
            })
            .AddEmail(options => options.SenderAddress = "support@example.org")
            .AddAspNetCore(options => options.Technician = user =>
                user.FindFirstValue("id") is { } id ? SignedIn(id.Split('@')) : null);
        if (settings.Database.Length > 0)
        {
            builder.UseEntityFrameworkCore(
                options => _ = settings.Database.StartsWith("Data Source=", StringComparison.Ordinal)
                    ? options.UseSqlite(settings.Database)
                    : options.UseNpgsql(settings.Database),
                directConnections: settings.DirectConnections);
        }

        if (settings.Hook.Length > 0)
            AddHooks(builder, settings);
        if (settings.SmtpPort == 0)
            return;
        builder.UseSmtp(options =>
        {
            options.Host = "127.0.0.1";
            options.Port = settings.SmtpPort;
            options.Security = SmtpSecurity.None;
        });
    }
}
