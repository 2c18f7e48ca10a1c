using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rescue.Sessions.Email.Addresses;

/// <summary>
/// Reads one address. Parsers for address lists, comments and groups are kept away on purpose: what they make of a single
/// "To" field is more than one mailbox.
/// </summary>
internal static class EmailAddressParser
{
    private const int MaximumLocalOctets = 64;
    private const int MaximumOctets = 254;

    public static bool TryParse(
        [NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address, out EmailAddressProblem problem)
    {
        address = null;
        problem = Read(text, out var local, out var domain);
        if (problem == EmailAddressProblem.None) address = new EmailAddress(local, domain);
        return address is not null;
    }

    private static EmailAddressProblem Read(string? text, out string local, out MailDomain domain)
    {
        local = "";
        domain = default;
        if (string.IsNullOrEmpty(text)) return EmailAddressProblem.Empty;

        // Before trimming: a line break at the end is an injection, not a slip.
        if (!SingleLine.IsClean(text)) return EmailAddressProblem.ControlCharacter;
        text = text.Trim(' ');
        if (string.IsNullOrWhiteSpace(text)) return EmailAddressProblem.Empty;

        var at = FindAt(text, out var isList);
        if (isList) return EmailAddressProblem.SeveralAddresses;
        if (at < 0) return EmailAddressProblem.MissingAt;

        local = text[..at];
        if (Encoding.UTF8.GetByteCount(local) > MaximumLocalOctets) return EmailAddressProblem.TooLong;
        if (!LocalPart.IsValid(local)) return EmailAddressProblem.LocalPart;
        if (text.Length - at - 1 > MaximumOctets - "a@".Length) return EmailAddressProblem.TooLong;
        if (MailDomain.Parse(text[(at + 1)..]) is not { } parsed) return EmailAddressProblem.Domain;
        domain = parsed;
        return Encoding.UTF8.GetByteCount(local) + 1 + parsed.Ascii.Length > MaximumOctets
            ? EmailAddressProblem.TooLong
            : EmailAddressProblem.None;
    }

    /// <summary>The last <c>@</c> outside quotes, or -1; and whether a list separator stands outside quotes.</summary>
    private static int FindAt(string text, out bool isList)
    {
        var at = -1;
        var quoted = false;
        isList = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"': quoted = !quoted; break;
                case '\\' when quoted: i++; break;
                case '@' when !quoted: at = i; break;
                case ',' or ';' when !quoted: isList = true; break;
            }
        }

        return at;
    }
}
