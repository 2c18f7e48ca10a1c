using System.Globalization;
using System.Text;

namespace Rescue.Sessions.Normalization;

/// <summary>The grammar of the part before the <c>@</c>: RFC 5321 section 4.1.2 with the characters RFC 6531 section 3.3 adds.</summary>
internal static class LocalPart
{
    private const string AtextSigns = "!#$%&'*+-/=?^_`{|}~";

    /// <summary>
    /// The one way to write a valid local part: composed (NFC), and in quotes only where it needs them, for the quotes are no part of the
    /// mailbox's name (RFC 5321 section 4.1.2).
    /// </summary>
    public static string Normalize(string text)
    {
        if (!text.StartsWith('"'))
            return text.IsNormalized() ? text : text.Normalize();
        var content = Unquoted(text);
        return IsDotAtom(content) ? content : $"\"{content.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    public static bool IsValid(string text) => text.StartsWith('"') ? IsQuotedString(text) : IsDotAtom(text);

    private static bool IsDotAtom(string text)
    {
        if (text.Length == 0 || text[0] == '.' || text[^1] == '.' || text.Contains("..", StringComparison.Ordinal))
            return false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != '.' && !(rune.IsAscii ? IsAtext((char)rune.Value) : IsInternationalText(rune)))
                return false;
        }

        return true;
    }

    private static bool IsAtext(char c) => char.IsAsciiLetterOrDigit(c) || AtextSigns.Contains(c, StringComparison.Ordinal);

    /// <summary>Letters, marks, digits and signs; nothing that is blank, invisible or unassigned, apart from the two joiners some scripts need.</summary>
    private static bool IsInternationalText(Rune rune) => rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator) && rune != Rune.ReplacementChar;

    private static string Unquoted(string text)
    {
        var content = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length - 1; i++)
            content.Append(text[i] == '\\' ? text[++i] : text[i]);
        return content.ToString();
    }

    private static bool IsQuotedString(string text)
    {
        var last = text.Length - 1;
        if (last < 2 || text[last] != '"')
            return false;
        for (var i = 1; i < last; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return false;

            // A backslash just before the closing quote would escape it.
            if (i >= last || text[i] is < ' ' or > '~')
                return false;
        }

        return true;
    }
}
