using Rescue.Sessions.Email.Templates;

namespace HelpDesk.Support;

/// <summary>What this product's emails can say of the ticket behind a session: the reference is its number.</summary>
internal static class TicketPlaceholders
{
    private const string DefaultBase = "https://tickets.example.org/";
    private const int MaxLength = 500;

    public static void AddTickets(this TemplatePlaceholders placeholders, IConfiguration configuration)
    {
        var tickets = configuration.FindAddress("Tickets:BaseUri", DefaultBase) ?? new Uri(DefaultBase);
        placeholders.Add(
            "ticket.url",
            TemplatePlaceholderKind.Link,
            new Dictionary<string, string> { ["en"] = "The address of the ticket, when the session has a reference.", ["fr"] = "L’adresse du ticket, si la session a une référence." },
            AddressOf(tickets, "T-42"),
            MaxLength,
            session => session.Reference is { } reference && AddressOf(tickets, reference) is { Length: <= MaxLength } address ? address : null);
    }

    private static string AddressOf(Uri tickets, string reference) => new Uri(tickets, Uri.EscapeDataString(reference)).AbsoluteUri;
}
