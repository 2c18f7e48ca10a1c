using System.Globalization;
using System.Text;

namespace Rescue.Sessions.Codes;

/// <summary>What mail programs, people and pasting add to a link without changing what it says.</summary>
internal static class LinkDamage
{
    // A value that was escaped more often than this is not a link's.
    private const int Escapings = 4;

    private static readonly string[] QuotedEnds = ["=20", "=09", "=0D", "=0A"];

    /// <summary>Whether a character can be left out: white space, control and format characters, punctuation and symbols.</summary>
    public static bool IsDropped(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune) || IsInvisible(rune);

    /// <summary>Whether a character shows nothing: control and format characters, such as a zero-width space or a soft hyphen.</summary>
    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

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
}
