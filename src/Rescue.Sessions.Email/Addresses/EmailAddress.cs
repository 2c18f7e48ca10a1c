using System.Diagnostics.CodeAnalysis;
using Rescue.Sessions.Email.Addresses;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Email;

/// <summary>
/// Exactly one mailbox, <c>local@domain</c> (RFC 5321 section 4.1.2), with an optional display name kept apart from it.
/// An instance is always valid and never changes, so it is safe to share between threads.
/// </summary>
/// <remarks>
/// <para>The local part may be international (RFC 6531); the domain may be too, and is held in both of its forms (RFC 5890).
/// Address literals such as <c>[192.0.2.1]</c> and domains of one label, other than <c>localhost</c>, are refused.</para>
/// <para>An address is personal data. <see cref="ToString"/> returns it because a host needs it for display; never log it.</para>
/// <para>Two addresses are equal when they name the same mailbox: the local part exactly, the domain ignoring case. The display name
/// takes no part.</para>
/// </remarks>
public sealed class EmailAddress : IEquatable<EmailAddress>
{
    // "Technician, organisation": two names of 128 characters and what stands between them.
    private const int MaximumDisplayNameLength = 258;

    internal EmailAddress(string localPart, DomainName domain, string? displayName = null)
    {
        LocalPart = localPart;
        Domain = domain.Unicode;
        AsciiDomain = domain.Ascii;
        DisplayName = displayName;
    }

    /// <summary>The part before the <c>@</c>: composed (NFC), in quotes only where it needs them; 1 to 64 octets of UTF-8.</summary>
    public string LocalPart { get; }

    /// <summary>The domain for people to read: lower case, international labels in Unicode.</summary>
    public string Domain { get; }

    /// <summary>The domain for protocols: lower case, international labels as <c>xn--</c> (RFC 5890).</summary>
    public string AsciiDomain { get; }

    /// <summary>The name shown beside the address, or null.</summary>
    public string? DisplayName { get; }

    /// <summary>The address for people to read.</summary>
    public string Address => $"{LocalPart}@{Domain}";

    /// <summary>The address for protocols: the domain is in ASCII, and so is the rest unless <see cref="RequiresSmtpUtf8"/>.</summary>
    public string WireAddress => $"{LocalPart}@{AsciiDomain}";

    /// <summary>Whether the local part holds characters beyond ASCII, which only a server with SMTPUTF8 accepts (RFC 6531).</summary>
    public bool RequiresSmtpUtf8 => !System.Text.Ascii.IsValid(LocalPart);

    /// <summary>Reads one mailbox: <c>a@b.c</c>, <c>Name &lt;a@b.c&gt;</c> or <c>mailto:a@b.c</c>; blanks around it and the name are dropped.</summary>
    /// <param name="text">One mailbox.</param>
    /// <exception cref="FormatException">The text is not one address; the message names the problem and never repeats the text.</exception>
    public static EmailAddress Parse(string? text) => TryParse(text, out var address, out var problem)
        ? address
        : throw new FormatException($"The text is not one email address ({problem}). Give one address such as name@example.com.");

    /// <summary>Reads one mailbox: <c>a@b.c</c>, <c>Name &lt;a@b.c&gt;</c> or <c>mailto:a@b.c</c>; blanks around it and the name are dropped.</summary>
    /// <param name="text">One mailbox.</param>
    /// <param name="address">The address, when the answer is true.</param>
    /// <returns>Whether the text is one address.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address) =>
        TryParse(text, out address, out _);

    /// <summary>Reads one address and says why not.</summary>
    /// <param name="text">One mailbox; blanks around it and a name beside it are dropped.</param>
    /// <param name="address">The address, when the answer is true.</param>
    /// <param name="problem">What is wrong, or <see cref="EmailAddressProblem.None"/>.</param>
    /// <returns>Whether the text is one address.</returns>
    public static bool TryParse(
        [NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address, out EmailAddressProblem problem) =>
        EmailAddressParser.TryParse(text, out address, out problem);

    /// <summary>The same mailbox with another display name.</summary>
    /// <param name="displayName">1 to 258 characters without control characters and direction overrides; null for none.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, or holds a character that may not stand in a header.</exception>
    public EmailAddress WithDisplayName(string? displayName)
    {
        if (displayName is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(displayName);
            SingleLine.Check(displayName, MaximumDisplayNameLength, nameof(displayName));
        }

        return new EmailAddress(LocalPart, new DomainName(Domain, AsciiDomain), displayName);
    }

    /// <inheritdoc/>
    public bool Equals(EmailAddress? other) => other is not null
        && string.Equals(LocalPart, other.LocalPart, StringComparison.Ordinal)
        && string.Equals(AsciiDomain, other.AsciiDomain, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EmailAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(LocalPart, AsciiDomain);

    /// <summary>The address for people to read, without the display name. It is personal data: never log it.</summary>
    public override string ToString() => Address;

    /// <summary>Whether both name the same mailbox.</summary>
    public static bool operator ==(EmailAddress? left, EmailAddress? right) => Equals(left, right);

    /// <summary>Whether the two name different mailboxes.</summary>
    public static bool operator !=(EmailAddress? left, EmailAddress? right) => !Equals(left, right);
}
