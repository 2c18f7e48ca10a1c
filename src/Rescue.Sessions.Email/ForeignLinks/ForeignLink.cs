using System.Text;
using System.Text.RegularExpressions;

namespace Rescue.Sessions.Email.ForeignLinks;

/// <summary>
/// Finds text that a mail program turns into a link, whoever wrote it: addresses with a scheme and host names. What the service sends in the
/// organisation's name must not lead anywhere but to the session.
/// </summary>
internal static partial class ForeignLink
{
    /// <summary>Whether a mail program, or a reader, would take some of the text for a link. One email address, alone or behind a name, is an identifier.</summary>
    public static bool IsIn(string text)
    {
        var plain = WithoutAddress(Plain(text));
        return Scheme().IsMatch(plain) || HostName().Matches(plain).Any(IsHost);
    }

    /// <summary>The text with its links broken in the usual way: <c>evil[.]example</c>.</summary>
    public static string Defuse(string text) => IsIn(text)
        ? HostName().Replace(
            Scheme().Replace(Plain(text), "[:]//"), host => IsHost(host) ? host.Value.Replace(".", "[.]", StringComparison.Ordinal) : host.Value)
        : text;

    private static string WithoutAddress(string plain)
    {
        plain = plain.Trim();
        var open = plain.EndsWith('>') ? plain.LastIndexOf('<') : -1;
        return IsAddress(open < 0 ? plain : plain[(open + 1)..^1]) ? plain[..Math.Max(0, open)] : plain;
    }

    // Nothing but the address: what else its reader lets pass, a name, a subject or a text of its own, can hold a link, and so can quotation marks in it and what ends a host's name.
    private static bool IsAddress(string text) =>
        EmailAddress.TryParse(text, out var address)
        && (text.Equals(address.Address, StringComparison.OrdinalIgnoreCase) || text.Equals(address.WireAddress, StringComparison.OrdinalIgnoreCase))
        && !address.LocalPart.AsSpan().ContainsAny("\"/?#");

    // As it is read: full width, other dots, and without what hides.
    private static string Plain(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in Composable(text).Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (rune.Value is 0x3002 or 0x2024)
                visible.Append('.');
            else if (Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.Format)
                visible.Append(rune.ToString());
        }

        return visible.ToString();
    }

    // Halves of surrogate pairs and the one code point that is no character for sure cannot be composed.
    private static string Composable(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0xFFFE).Select(rune => rune.ToString()));

    private static bool IsHost(Match match)
    {
        if (match.Groups["address"].Success)
            return true;
        var labels = match.Groups["name"].Value.Split('.');
        // What no name of a host begins or ends with belongs to the text around it.
        (labels[0], labels[^1]) = (labels[0].TrimStart('-', '_'), labels[^1].TrimEnd('-', '_'));
        return labels[0].Equals("www", StringComparison.OrdinalIgnoreCase)
            || (TopLevelDomains.Has(labels[^1]) && !(match.Groups["rest"].Length == 0 && IsPerson(labels)));
    }

    // "Dr.Li", "St.Paris" and "J.R.R.Ng" are people, whatever country has the letters.
    private static bool IsPerson(string[] labels) =>
        char.IsUpper(labels[^1][0]) && labels[^1].Skip(1).All(char.IsLower)
        && labels[..^1].All(label => label.Length is > 0 and <= 4 && char.IsUpper(label[0]) && label.Skip(1).All(char.IsLower)
            && (label.Length <= 3 || label is "Prof" or "Miss"));

    [GeneratedRegex(@":\s?//", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(
        @"(?<address>(?<![\p{L}\p{N}.])[0-9]{1,3}(\.[0-9]{1,3}){3}(?=[/:][\p{L}\p{N}]))|(?<name>[\p{L}\p{M}\p{N}_-]+(\.[\p{L}\p{M}\p{N}_-]+)+)(?=(?<rest>[/:?#@]\S)?)",
        RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
