using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email.Storage;

/// <summary>Plain values only, so that messages already stored can be read after the types around them have changed.</summary>
internal sealed record StoredMessage(
    string MessageId,
    DateTimeOffset Date,
    StoredAddress From,
    StoredAddress? To,
    string Subject,
    string Text,
    string Language,
    string Link,
    StoredAddress? ReplyTo = null,
    string? Html = null,
    string? Tenant = null,
    string? Session = null,
    string? Reference = null,
    string? DkimSelectors = null,
    byte[]? Logo = null)
{
    public static StoredMessage Of(EmailMessage message) => new(
        message.MessageId,
        message.Date,
        StoredAddress.Of(message.From),
        message.To is { } to ? StoredAddress.Of(to) : null,
        message.Subject,
        message.Text,
        message.Language,
        message.Link.OriginalString,
        message.ReplyTo is { } replyTo ? StoredAddress.Of(replyTo) : null,
        message.Html,
        message.Tenant,
        message.Session?.ToString(),
        message.Reference,
        message.DkimSelectors,
        message.Logo?.Bytes.ToArray());

    public EmailMessage ToMessage() => new()
    {
        MessageId = MessageId,
        Date = Date,
        From = From.ToAddress(),
        ReplyTo = ReplyTo?.ToAddress(),
        To = To?.ToAddress(),
        Subject = Subject,
        Text = Text,
        Html = Html,
        Language = LanguageTag.Nearest(Language),
        Link = new Uri(Link, UriKind.Absolute),
        Tenant = Tenant ?? Technician.DefaultTenant,
        Session = SessionId.TryParse(Session, out var session) ? session : null,
        Reference = Reference,
        DkimSelectors = DkimSelectors,
        Logo = Logo is null ? null : OrganizationLogo.Parse(Logo),
    };
}
