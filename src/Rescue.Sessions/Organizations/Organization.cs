using System.Collections.Immutable;

namespace Rescue.Sessions.Organizations;

/// <summary>
/// The organisation that gives support, as its customers know it: what holds for one tenant now, each property from where it is set, else from the product.
/// Immutable.
/// </summary>
public sealed record Organization
{
    /// <summary>The form of <see cref="SenderName"/> where none is set.</summary>
    public const string DefaultSenderName = "{technician}, {organization}";

    /// <summary>The value of <see cref="ReplyTo"/> by which answers go to the technician, and to the sender where that is not known; it holds where none is set.</summary>
    public const string ReplyToTechnician = "technician";

    /// <summary>The value of <see cref="ReplyTo"/> by which answers go to the sender.</summary>
    public const string ReplyToSender = "sender";

    /// <summary>The accent colour where none is set.</summary>
    public const string DefaultAccentColor = "#0b57d0";

    private const int MostOfSender = 258;

    /// <summary>The tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>Its name, 1 to 128 characters; it signs messages and heads the customer's pages.</summary>
    public required string Name { get; init; }

    /// <summary>The address from which the service sends, one mailbox; null in a product that sends no mail.</summary>
    public string? SenderAddress { get; init; }

    /// <summary>The name beside that address, in which <c>{technician}</c> and <c>{organization}</c> stand for the two names.</summary>
    public string SenderName { get; init; } = DefaultSenderName;

    /// <summary>Where answers go: <see cref="ReplyToTechnician"/>, <see cref="ReplyToSender"/>, or one mailbox.</summary>
    public string ReplyTo { get; init; } = ReplyToTechnician;

    /// <summary>The address under which its customers reach the product; it ends in a slash. Links are made of it.</summary>
    public required Uri PublicBaseUri { get; init; }

    /// <summary>Its logo; null for none.</summary>
    public OrganizationLogo? Logo { get; init; }

    /// <summary>The colour of buttons and links, as <c>#rrggbb</c>; white on it can be read, and so can it on white (4.5:1, WCAG 2.2, 1.4.3).</summary>
    public string AccentColor { get; init; } = DefaultAccentColor;

    /// <summary>The accent colour where the ground is dark: a tint that can be read on it.</summary>
    public string DarkAccentColor =>
        AccentColor == DefaultAccentColor ? "#a8c7fa" : Organizations.AccentColor.Parse(AccentColor)!.Value.ReadableInTheDark().ToString();

    /// <summary>The number under which a customer can ask whether an invitation is real; null for none.</summary>
    public string? Phone { get; init; }

    /// <summary>The web page on which a customer can look that up, http or https and in ASCII; null for none.</summary>
    public Uri? Url { get; init; }

    /// <summary>
    /// The languages in which it speaks, as BCP 47 tags: the first where a customer's is not known, and pages in none but these. Empty for all that the
    /// product has.
    /// </summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>The time zone in which customers are told until when a link is valid unless theirs is known, as an IANA id.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>A sentence of its own on the customer's pages, by language tag, such as when it can be reached; empty for none.</summary>
    public ImmutableDictionary<string, string> Wording { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The name beside the sender's address in a message of a technician; the organisation's alone where both would be too long for a header.</summary>
    public string SenderNameFor(string technician)
    {
        var name = SenderForm.Fill(SenderName, technician, Name);
        return name.Length <= MostOfSender ? name : Name;
    }

    /// <summary>Names it by its tenant.</summary>
    public override string ToString() => $"{nameof(Organization)} {Tenant}";
}
