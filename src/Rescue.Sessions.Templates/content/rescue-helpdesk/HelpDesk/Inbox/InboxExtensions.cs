using HelpDesk.TechnicianConsole;

namespace HelpDesk.Inbox;

internal static class InboxExtensions
{
    public static void MapInbox(this WebApplication app) => app.MapGet("/inbox", (IServiceProvider services) => Page.Html(
        "Inbox",
        services.GetService<CapturedMails>() is { } mails
            ? string.Concat(mails.Newest.Select(mail => $"""
                <h2>{Page.Text(mail.Subject)}</h2>
                <p>To {Page.Text(mail.To?.Address)}: <a href="{Page.Text(mail.Link.OriginalString)}">the link</a></p>
                <pre>{Page.Text(mail.Text)}</pre>
                """))
            : "<p>Mail goes to the server in Smtp:Host.</p>"));
}
