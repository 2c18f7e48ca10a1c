namespace Rescue.Sessions.Organizations;

/// <summary>
/// An organisation that gives support, as customers know it. What is null or empty is the product's: for a tenant's organisation that of
/// <see cref="RescueSessionsOptions.Organization"/>, for the product's the default that is named.
/// </summary>
public sealed class OrganizationOptions
{
    /// <summary>Its name, 1 to 128 characters; it signs messages and heads the customer's pages. <c>Support</c> by default.</summary>
    public string? Name { get; set; }

    /// <summary>The address from which the service sends, one mailbox. By default that of the email options.</summary>
    public string? SenderAddress { get; set; }

    /// <summary>The name beside that address, in which <c>{technician}</c> and <c>{organization}</c> stand for the two names; both with a comma by default.</summary>
    public string? SenderName { get; set; }

    /// <summary>Where answers go: <c>technician</c> (the default), <c>sender</c>, or one mailbox.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>
    /// The address under which a tenant's customers reach the product, with a host name of its own and the path of <see cref="Codes.CodeOptions.PublicBaseUri"/>,
    /// which is the product's and holds where this is null.
    /// </summary>
    public Uri? PublicBaseUri { get; set; }

    /// <summary>Its logo: a PNG, JPEG, GIF or WebP image of at most 64 KB and 2,000 pixels a side.</summary>
#pragma warning disable CA1819 // Configuration binds an array of bytes from base64, and File.ReadAllBytes gives one.
    public byte[]? Logo { get; set; }
#pragma warning restore CA1819

    /// <summary>The colour of buttons and links, as <c>#rrggbb</c>, dark enough to be read on white (4.5:1).</summary>
    public string? AccentColor { get; set; }

    /// <summary>The number under which a customer can ask whether an invitation is real.</summary>
    public string? Phone { get; set; }

    /// <summary>The web page on which a customer can look that up, http or https.</summary>
    public Uri? Url { get; set; }

    /// <summary>The languages in which it speaks, as BCP 47 tags, the first where a customer's is not known. By default that of the email options, then all that there are.</summary>
    public IList<string> Languages { get; } = [];

    /// <summary>The time zone in which customers are told until when a link is valid, as an IANA id. By default that of the email options.</summary>
    public string? TimeZone { get; set; }

    /// <summary>A sentence of its own on the customer's pages, by language tag, such as when it can be reached; at most 300 characters each.</summary>
    public IDictionary<string, string> Wording { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The domains that belong to it: only its administrators may put a sender's address or a host name in them into its settings, and theirs must be in
    /// them. What is below a domain belongs to it. The product's belong to the tenant <see cref="Technician.DefaultTenant"/>.
    /// </summary>
    public IList<string> Domains { get; } = [];
}
