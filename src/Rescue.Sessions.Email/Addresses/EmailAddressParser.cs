using System.Diagnostics.CodeAnalysis;
using System.Text;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Email.Addresses;

/// <summary>
/// Reads one mailbox, bare or as other programs hand it over. Parsers for address lists, comments and groups are kept away on purpose: what they
/// make of a single "To" field is more than one mailbox.
/// </summary>
internal static class EmailAddressParser
{
    private const int MaximumLocalOctets = 64;
    private const int MaximumOctets = 254;

    /// <summary>Quotes, marks to be composed and invisible characters go before the limits are looked at; more than this is none of them.</summary>
    private const int MaximumWrittenOctets = 1_000;

    public static bool TryParse(
        [NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address, out EmailAddressProblem problem)
    {
        address = null;
        problem = Read(text, out var local, out var domain);
        if (problem == EmailAddressProblem.None)
            address = new EmailAddress(local, domain);
        return address is not null;
    }

    private static EmailAddressProblem Read(string? text, out string local, out DomainName domain)
    {
        local = "";
        domain = default;
        if (string.IsNullOrEmpty(text))
            return EmailAddressProblem.Empty;

        // Before unwrapping: a line break at the end is an injection, not a slip.
        if (!SingleLine.IsClean(text))
            return EmailAddressProblem.ControlCharacter;
        if (WrittenAddress.HoldsSeveral(text))
            return EmailAddressProblem.SeveralAddresses;
        text = WrittenAddress.Unwrap(text);
        if (text.Length == 0)
            return EmailAddressProblem.Empty;
        var at = WrittenAddress.IndexOfAt(text);
        if (at < 0)
            return EmailAddressProblem.MissingAt;

        local = text[..at];
        if (Encoding.UTF8.GetByteCount(local) > MaximumWrittenOctets)
            return EmailAddressProblem.TooLong;
        if (!LocalPart.IsValid(local))
            return EmailAddressProblem.LocalPart;
        local = LocalPart.Normalize(local);
        if (Encoding.UTF8.GetByteCount(local) > MaximumLocalOctets)
            return EmailAddressProblem.TooLong;
        if (text.Length - at - 1 > MaximumWrittenOctets)
            return EmailAddressProblem.TooLong;
        if (DomainName.Parse(text[(at + 1)..]) is not { } parsed)
            return EmailAddressProblem.Domain;
        domain = parsed;
        return Encoding.UTF8.GetByteCount(local) + 1 + parsed.Ascii.Length > MaximumOctets
            ? EmailAddressProblem.TooLong
            : EmailAddressProblem.None;
    }
}
