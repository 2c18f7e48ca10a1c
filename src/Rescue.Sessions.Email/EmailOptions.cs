using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email;

/// <summary>Who invites, and in which language unless the technician says otherwise.</summary>
public sealed class EmailOptions
{
    /// <summary>The organisation's address, from which the service sends. One mailbox. Compulsory.</summary>
    public string SenderAddress { get; set; } = "";

    /// <summary>The language of messages for which none is given, as a BCP 47 tag; <c>en</c> by default.</summary>
    public string DefaultLanguage { get; set; } = "en";

    /// <summary>
    /// What becomes of a link or host name in a customer's name or reference when the service sends: whoever has a technician's account could write
    /// to strangers in the organisation's name. Refused by default.
    /// </summary>
    public LinksInNames LinksInNames { get; set; } = LinksInNames.Refuse;

    /// <summary>
    /// The time zone in which customers are told until when a code is valid unless the technician names theirs, as an IANA or Windows id;
    /// <c>UTC</c> by default.
    /// </summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The host's own names for templates, beside the built-in ones. Read once, when the first template is needed.</summary>
    public TemplatePlaceholders Placeholders { get; } = [];
}
