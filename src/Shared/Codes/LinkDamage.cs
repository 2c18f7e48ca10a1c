using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rescue.Sessions.Codes;

/// <summary>What mail programs, people and pasting add to a link without changing what it says.</summary>
internal static partial class LinkDamage
{
    // A value that was escaped more often than this is not a link's.
    private const int Escapings = 4;

    private static readonly string[] QuotedEnds = ["=20", "=09", "=0D", "=0A"];

    /// <summary>Whether a character can be left out: white space, control and format characters, punctuation and symbols.</summary>
    public static bool IsDropped(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune) || IsInvisible(rune);

    /// <summary>Whether a character shows nothing: control and format characters, such as a zero-width space or a soft hyphen.</summary>
    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

    /// <summary>Takes escapes off a query, in whatever order they were put on: those of <see cref="WithoutNotation"/> and percent escapes, repeated ones too.</summary>
    public static string UnescapeQuery(string query)
    {
        for (var round = 0; round < Escapings; round++)
        {
            var text = Uri.UnescapeDataString(WithoutNotation(query));
            if (text == query)
                break;
            query = text;
        }

        return query;
    }

    /// <summary>
    /// Takes off what JSON (RFC 8259, section 7) and HTML write for the marks of a link, such as <c>\u0026</c>, <c>\/</c> and <c>&amp;#x26;</c>, repeated too. Letters
    /// and digits are left as they are written, so that nothing that is unescaped spells a PIN or a token.
    /// </summary>
    public static string WithoutNotation(string text)
    {
        if (text.Contains('\\', StringComparison.Ordinal))
            text = Json().Replace(text, match => match.Groups["hex"] is { Success: true } hex ? Mark(hex.Value, NumberStyles.AllowHexSpecifier, match) : "/");
        return text.Contains('&', StringComparison.Ordinal) && text.Contains(';', StringComparison.Ordinal)
            ? Html().Replace(text, match =>
                match.Groups["hex"] is { Success: true } hex ? Mark(hex.Value, NumberStyles.AllowHexSpecifier, match)
                : match.Groups["number"] is { Success: true } number ? Mark(number.Value, NumberStyles.None, match)
                : match.Groups["name"] is { Success: true } name ? Named(name.Value)
                : "&")
            : text;
    }

    /// <summary>Takes percent escapes off, repeated ones too.</summary>
    public static string Unescape(string text)
    {
        for (var round = 0; round < Escapings && text.Contains('%', StringComparison.Ordinal); round++)
            text = Uri.UnescapeDataString(text);
        return text;
    }

    /// <summary>Takes off white space that quoted-printable (RFC 2045, section 6.7) has escaped, as it does at the end of a line.</summary>
    public static string WithoutQuotedEnd(string text)
    {
        while (QuotedEnds.Any(end => text.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
            text = text[..^3];
        return text;
    }

    private static string Mark(string digits, NumberStyles style, Match match) =>
        int.TryParse(digits, style, CultureInfo.InvariantCulture, out var code) && code is > ' ' and < '\u007F' && !char.IsAsciiLetterOrDigit((char)code)
            ? ((char)code).ToString()
            : match.Value;

    private static string Named(string name) => name.ToUpperInvariant() switch { "EQUALS" => "=", "QUEST" => "?", "COLON" => ":", "SOL" => "/", _ => "%" };

    // Text that was put into JSON twice has two backslashes, or three.
    [GeneratedRegex(@"\\+(?:u00(?<hex>[0-9a-f]{2})|/)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Json();

    [GeneratedRegex(
        @"&(?:amp;)*(?:#x(?<hex>[0-9a-f]{1,6});|#(?<number>[0-9]{1,6});|(?<name>equals|quest|colon|sol|percnt);)|&(?:amp;)+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Html();
}
