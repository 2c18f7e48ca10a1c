using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.AspNetCore;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Dkim;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Subscriptions;

namespace Guides.Tests.Snippets;

internal static class Readme
{
    public static async Task<string> InviteAsync(EmailInvitations invitations, Technician technician, CancellationToken cancellationToken)
    {
        var (outcome, draft) = await invitations.InviteAsync(technician, new NewSession("Grace Hopper")
        {
            Reference = "T-42", Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" },
        }, cancellationToken);
        var told = outcome switch
        {
            CreateSessionResult.Created created => $"{created.Session.Id}, with the link {created.Link?.ToUri()}",
            CreateSessionResult.Refused(var reason) => $"{reason}",   // which rights are missing, or which field is wrong and what would be right
            var other => $"{other}",
        };
        return draft is null ? told : "";
    }

    public static void Tenants(RescueWebOptions options)
    {
        options.Technician = user => user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id ? null : new Technician(id, user.Identity!.Name ?? id)
        {
            Tenant = user.FindFirstValue("tenant") ?? Technician.DefaultTenant,
            Groups = [.. user.FindAll(ClaimTypes.Role).Select(role => role.Value)],
            Email = user.FindFirstValue(ClaimTypes.Email),
        };
    }

    public static void Colleagues(RescueSessionsOptions options, IDirectory directory)
    {
        options.Technicians.Directory = (tenant, cancellationToken) => directory.FindTechniciansAsync(tenant, cancellationToken);   // ids and names
    }

    public static RescueSessionsBuilder Handover(RescueSessionsBuilder support) => support
        .AddAspNetCore(options => options.Browser.Scripts.Add("/js/remote-control.js"))
        .AddEmail();

    public static RescueSessionsBuilder Servers(RescueSessionsBuilder support) => support
        .AddEmail(options =>
        {
            options.SenderAddress = "support@acme.example";
            options.SmtpServer = message => message.Tenant == "globex" ? "globex" : null;   // null: the one without a name
            options.Dkim.Add(new DkimKey { Domain = "acme.example", Selector = "s2026", KeyFile = "/run/secrets/dkim.pem" });
        })
        .UseSmtp(options => options.Host = "smtp.acme.example")
        .UseSmtp("globex", options => options.Host = "smtp.globex.example")
        .AddEmail();

    public static void TrustProxy(WebApplicationBuilder builder)
    {
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Add(IPAddress.Parse("10.0.0.5"));   // your proxy, and nobody else: anybody can write the header
        });
    }

    public static void MapBehindProxy(WebApplication app)
    {
        app.UseForwardedHeaders();
        app.MapRescueSessions();
    }

    public static async Task ListenAsync(SessionEvents events, Technician technician, CancellationToken stoppingToken)
    {
        await foreach (var happened in events.WatchAsync(technician, after: null, stoppingToken))
            Console.WriteLine($"{happened.Session}: {happened.Kind}, from {happened.From} to {happened.To}");
    }

    public static void Database(WebApplicationBuilder builder)
    {
        builder.Services
            .AddRescueSessions(options =>
            {
                options.Codes.PublicBaseUri = new Uri("https://help.acme.example/");
                options.Codes.Keys.Add(builder.Configuration["CodeKey"]!);   // openssl rand -base64 32, the same on all nodes
            })
            .UseEntityFrameworkCore(database => database.UseNpgsql("Host=db.acme.example;Database=helpdesk;Username=helpdesk"))
            .AddEmail();
    }

    public static void Placeholder(EmailOptions options)
    {
        options.Placeholders.Add(
            "ticket.url", TemplatePlaceholderKind.Link, new Dictionary<string, string> { ["en"] = "The address of the ticket." }, sample: "https://tickets.example.org/T-42", maxLength: 200);
    }

    public static RescueSessionsBuilder Acting(RescueSessionsBuilder support) => support
        .AddSessionSubscription<CrmSubscriber>("crm")   // your handler: every event of every tenant, at least once, in order per session, on one node
        .AddWebhooks()                                  // the same for each tenant's own servers: signed, retried, replayable; /rescue/settings/webhooks
        .AddEmail();

    public static void Bound(WebApplicationBuilder builder)
    {
        var rescue = builder.Configuration.GetSection("Rescue");
        builder.Services
            .AddRescueSessions(options => rescue.BindExactly(options, "Email", "Smtp"))
            .AddEmail(options => rescue.GetSection("Email").BindExactly(options))
            .UseSmtp(options => rescue.GetSection("Smtp").BindExactly(options));
    }

    public interface IDirectory
    {
        ValueTask<IReadOnlyList<TechnicianReference>> FindTechniciansAsync(string tenant, CancellationToken cancellationToken);
    }

    internal sealed class CrmSubscriber : ISessionSubscriber
    {
        public Task HandleAsync(SessionUpdate update, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
