using Rescue.Sessions.Email.Mime;
using Rescue.Sessions.Email.Addresses;
using Rescue.Sessions.Email.Dispatching;
using Rescue.Sessions.Normalization;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email;

/// <summary>
/// A finished message to one recipient, without any way to be sent. Immutable, and checked when it is made: nothing in it can end a
/// header line or reach the wire as a control character.
/// </summary>
/// <remarks>
/// Two messages that are equal produce the same bytes, save for display names, which take no part in the equality of addresses.
/// <see cref="Tenant"/>, <see cref="Session"/>, <see cref="Reference"/> and <see cref="Organization"/> are for whoever sends it, and no part of what is sent.
/// </remarks>
public sealed record EmailMessage
{
    internal const int MaximumSubjectLength = 512;
    internal const int MaximumTextLength = 262_144;

    /// <summary>What the longest text that a template may say becomes when it is laid out.</summary>
    internal const int MaximumHtmlLength = 524_288;

    private readonly Uncompared organization;

    /// <summary>The Message-ID without angle brackets, <c>unique@domain</c> in ASCII (RFC 5322 section 3.6.4). A repeat keeps it.</summary>
    /// <exception cref="ArgumentException">It is not of that form, or over 250 characters.</exception>
    public required string MessageId
    {
        get;
        init => field = MessageIds.IsValid(value)
            ? value
            : throw new ArgumentException("MessageId must look like unique@domain.example, in ASCII, without angle brackets, at most 250 characters.", nameof(MessageId));
    }

    /// <summary>When the message was written; shown to the reader. Whole seconds reach the wire.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>
    /// The sender, whose display name usually reads "technician, organisation"; in a draft the technician's own address, and the organisation's where that is not known,
    /// which then does not stand in the draft's file.
    /// </summary>
    public required EmailAddress From
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(From));
    }

    /// <summary>Where answers go; null for <see cref="From"/>.</summary>
    public EmailAddress? ReplyTo { get; init; }

    /// <summary>The one recipient; null only in a draft, in which the technician fills it in.</summary>
    public EmailAddress? To { get; init; }

    /// <summary>The subject: 1 to 512 characters without control characters and direction overrides.</summary>
    /// <exception cref="ArgumentException">It is blank, too long, or holds a character that may not stand in a header.</exception>
    public required string Subject
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Subject));
            SingleLine.Check(value, MaximumSubjectLength, nameof(Subject));
            field = value;
        }
    }

    /// <summary>The plain text, at most 262,144 characters. Line breaks of every kind become <c>\n</c>; tab is the only other control character.</summary>
    /// <exception cref="ArgumentException">It is too long, or holds a control character or half a surrogate pair.</exception>
    public required string Text
    {
        get;
        init => field = BodyText.Normalize(value, MaximumTextLength, nameof(Text));
    }

    /// <summary>The HTML form of the same message, at most 524,288 characters, under the same rules as <see cref="Text"/>; null for none.</summary>
    /// <exception cref="ArgumentException">It is too long, or holds a control character or half a surrogate pair.</exception>
    public string? Html
    {
        get;
        init => field = value is null ? null : BodyText.Normalize(value, MaximumHtmlLength, nameof(Html));
    }

    /// <summary>
    /// The image that <see cref="Html"/> shows by <c>cid:</c> and its <see cref="OrganizationLogo.ContentId"/>, to be sent as an inline part beside it
    /// (RFC 2387, RFC 2392); null for none.
    /// </summary>
    public OrganizationLogo? Logo { get; init; }

    /// <summary>The language of the message as a BCP 47 tag such as <c>fr</c> or <c>en-GB</c> (RFC 5646).</summary>
    /// <exception cref="ArgumentException">It is not a language tag.</exception>
    public required string Language
    {
        get;
        init => field = LanguageTag.IsWellFormed(value)
            ? value
            : throw new ArgumentException("Language must be a BCP 47 tag such as en or fr-CA, at most 35 characters.", nameof(Language));
    }

    /// <summary>The connection link, absolute with http or https; a draft gives it a line of its own and never shortens it.</summary>
    /// <exception cref="ArgumentException">It is relative, or of another scheme.</exception>
    public required Uri Link
    {
        get;
        init => field = value is { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? value
            : throw new ArgumentException("Link must be an absolute http or https URI.", nameof(Link));
    }

    /// <summary>The tenant of whoever invites; <see cref="Technician.DefaultTenant"/> in a product that has only one. It reaches no reader.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public string Tenant
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value, nameof(Tenant));
            field = value;
        }
    } = Technician.DefaultTenant;

    /// <summary>The session that the message invites to; null in an administrator's test message. It reaches no reader.</summary>
    public SessionId? Session { get; init; }

    /// <summary>The host's own reference of the session, such as a ticket number; null for none. Where it reaches a reader, a template says so.</summary>
    public string? Reference { get; init; }

    /// <summary>
    /// The tenant's organisation as it is when the message is handed to a dispatcher; null in a message that somebody else has made. It may be another when the
    /// message is repeated, and takes no part in equality: what is sent stays what it was when the message was written.
    /// </summary>
    public Organization? Organization
    {
        get => organization.Value;
        init => organization = new(value);
    }

    /// <summary>Whether the account that will send it is not known, so that no draft is from <see cref="From"/>, which is then the organisation's.</summary>
    internal bool IsOfUnknownAccount { get; init; }

    /// <summary>The selectors of the keys that were to sign the message when it was written, with blanks between; null for none.</summary>
    internal string? DkimSelectors { get; init; }

    /// <summary>Names the message by its id; never its recipient, text or link.</summary>
    public override string ToString() => $"{nameof(EmailMessage)} {MessageId}";

    // What a message has with it and is not compared by.
    private readonly record struct Uncompared(Organization? Value)
    {
        public bool Equals(Uncompared other) => true;

        public override int GetHashCode() => 0;
    }
}
