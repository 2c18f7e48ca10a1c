using Rescue.Sessions.Email.Dkim;
using Rescue.Sessions.Email.Messages;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email;

/// <summary>Who invites, and in which language unless the technician says otherwise.</summary>
public sealed class EmailOptions : IDkimOptions, IMessageOptions, ISmtpServerOptions
{
    /// <summary>The organisation's address, from which the service sends. One mailbox. Compulsory.</summary>
    public string SenderAddress { get; set; } = "";

    /// <summary>
    /// The language of messages for which none is given, as a BCP 47 tag; <c>en</c> by default. One without built-in words, ours or in
    /// <see cref="RescueSessionsOptions.LanguageFolder"/>, takes a saved template; messages for which there is none are in English.
    /// </summary>
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

    /// <summary>
    /// Chooses the mail server for a message that the service sends, by the name that <c>UseSmtp</c> was given; null, in itself or as its answer, for the one
    /// without a name. Another name is looked up where <c>UseSmtp</c> was given a function that finds servers. Called on any thread, more than once for a message; the
    /// same message must get the same answer. Mail waits whose server is not there.
    /// </summary>
    public Func<EmailMessage, string?>? SmtpServer { get; set; }

    /// <summary>
    /// The keys with which the mail servers of <c>UseSmtp</c> sign messages in the name of their sender's domain (DKIM); none by default. Of several for one
    /// domain the first of each algorithm (RSA, Ed25519) signs: to change a key, put the new one before the old one, and take the old one out when no message
    /// that it was to sign is left.
    /// </summary>
    public IList<DkimKey> Dkim { get; } = [];

    /// <summary>
    /// The product's own invitations, one a language (<see cref="EmailTemplateSource.Language"/>), with which every tenant begins in place of the built-in one; none
    /// by default. What an administrator saves goes before them. Checked when the host starts, as theirs are when they are saved.
    /// </summary>
    public IList<EmailTemplateSource> Templates { get; } = [];

    /// <summary>
    /// How many templates an administrator may save for their tenant, each for a language and a platform, 1 to 1,000; 100 by default. A tenant's are read together, so that each
    /// node that uses them holds all.
    /// </summary>
    public int TemplatesPerTenant { get; set; } = 100;

    /// <summary>The host's own names for templates, beside the built-in ones. Read once, when the first template is needed.</summary>
    public TemplatePlaceholders Placeholders { get; } = [];
}
