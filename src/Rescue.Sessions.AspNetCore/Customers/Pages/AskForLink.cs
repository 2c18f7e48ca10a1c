using Rescue.Sessions.AspNetCore.Html;
using Rescue.Sessions.Email;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>A draft in the customer's own mail program that asks the organisation for a new link. No code stands in it.</summary>
internal static class AskForLink
{
    /// <summary>The way to it; empty where the organisation has no address.</summary>
    /// <param name="texts">The customer's language.</param>
    /// <param name="organization">Whom to ask.</param>
    /// <param name="session">Which session it is about; null where the link does not prove it.</param>
    public static HtmlFragment Of(CustomerTexts texts, Organization organization, Session? session)
    {
        if (AddressOf(organization) is not { } address)
            return HtmlFragment.Empty;
        var subject = texts["Ask_Subject"] + (session?.Reference is { } reference ? $" ({reference})" : "");
        var body = texts.Format("Ask_Body", session?.CreatedBy?.Name ?? organization.Name, session?.CustomerName).TrimEnd();
        var draft = $"mailto:{Uri.EscapeDataString(address.LocalPart)}@{address.AsciiDomain}?subject={Encoded(subject)}&body={Encoded(body)}";
        return HtmlFragment.Of($"""<p><a href="{draft}">{texts["Ask_Link"]}</a></p>""");
    }

    // Where the organisation reads answers, else where its messages come from: a technician's own address is not kept with the session.
    private static EmailAddress? AddressOf(Organization organization)
    {
        var address = organization.ReplyTo is Organization.ReplyToTechnician or Organization.ReplyToSender ? organization.SenderAddress : organization.ReplyTo;
        return EmailAddress.TryParse(address, out var parsed) ? parsed : null;
    }

    // RFC 6068, section 5: a line ends in CRLF.
    private static string Encoded(string text) => Uri.EscapeDataString(text.ReplaceLineEndings("\r\n"));
}
