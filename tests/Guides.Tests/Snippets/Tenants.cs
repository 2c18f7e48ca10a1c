using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Rescue.Sessions;
using Rescue.Sessions.AspNetCore;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Organizations;

namespace Guides.Tests.Snippets;

/// <summary>The code of docs/organizations.md, docs/templates.md and docs/languages.md.</summary>
internal static class Tenants
{
    public static void Organizations(RescueSessionsOptions options)
    {
        options.Organizations["globex"] = new()
        {
            Name = "Globex", SenderAddress = "help@globex.example", PublicBaseUri = new Uri("https://help.globex.example/"), AccentColor = "#7a1fa2", Languages = { "fr" },
            Domains = { "globex.example" },
        };
    }

    public static void OnOwnMachine(RescueSessionsOptions options)
    {
        options.Organizations["globex"] = new()
        {
            Name = "Globex", SenderAddress = "help@globex.example", PublicBaseUri = new Uri("http://globex.localhost:5000/"), Languages = { "fr" },
            Domains = { "globex.example", "globex.localhost" },
        };
    }

    public static void OwnTables(RescueSessionsOptions options, ICustomers customers)
    {
        options.FindOrganization = async (query, cancellationToken) =>
        {
            var row = query.Tenant is { } tenant ? await customers.FindAsync(tenant, cancellationToken) : await customers.FindByHostAsync(query.HostName!, cancellationToken);
            return row is null ? null : new FoundOrganization(row.Tenant, new() { Name = row.Name, PublicBaseUri = row.Address, SenderAddress = row.Sender }) { Domains = row.Domains };
        };
    }

    public static void OwnTerms(RescueWebOptions options, ITerms terms)
    {
        options.FindTerms = (context, session) => new(terms.Find(session.Tenant, context.Request.GetTypedHeaders().AcceptLanguage));
    }

    public static void Placeholder(EmailOptions options)
    {
        options.Placeholders.Add(
            "ticket.url", TemplatePlaceholderKind.Link, new Dictionary<string, string> { ["en"] = "The address of the ticket.", ["fr"] = "L’adresse du ticket." },
            sample: "https://tickets.example.org/T-42", maxLength: 200, value: session => session.Reference is { } ticket ? $"https://tickets.example.org/{ticket}" : null);
    }

    public static async Task<TenantErasure> EraseAsync(SupportSessions sessions, PersonalData data, CancellationToken cancellationToken)
    {
        await sessions.AbortTenantAsync("globex", cancellationToken);
        var erasure = await data.EraseTenantAsync("globex", cancellationToken);
        return erasure;
    }

    public static NewSession Values(Ticket ticket)
    {
        var session = new NewSession(ticket.Customer)
        {
            Invitation = new()
            {
                Delivery = EmailDelivery.OnMyBehalf, To = ticket.Address,
                Values = new Dictionary<string, string> { ["ticket.url"] = $"https://tickets.example.org/{ticket.Number}" },
            },
        };
        return session;
    }

    public static void Invitation(EmailOptions options)
    {
        options.Templates.Add(new EmailTemplateSource("{{ technician.name }} can help you now", "Hello {{ customer.name }},\n\n{{ link.url }}\n\nPIN: {{ pin.code }}") { Language = "en" });
    }

    public static RescueSessionsBuilder Languages(IServiceCollection services) => services
        .AddRescueSessions(options => options.LanguageFolder = "Languages")
        .AddEmail();

    public sealed record Ticket(string Number, string Customer, string Address);

    public interface ITerms
    {
        string? Find(string tenant, IList<StringWithQualityHeaderValue> languages);
    }

    public interface ICustomers
    {
        Task<Row?> FindAsync(string tenant, CancellationToken cancellationToken);

        Task<Row?> FindByHostAsync(string hostName, CancellationToken cancellationToken);
    }

    public sealed record Row(string Tenant, string Name, string Address, string Sender, string[] Domains);
}
