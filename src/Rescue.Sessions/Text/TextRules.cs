using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rescue.Sessions;

/// <summary>Which characters one line of text shown to people may hold.</summary>
internal static class TextRules
{
    // Line and paragraph separators break a line; embeddings, overrides and isolates can make a name read as another.
    // Joiners and direction marks stay allowed: Persian, Hindi and Arabic names need them.
    private static readonly SearchValues<char> LineAndDirection =
        SearchValues.Create("\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    // Fillers and a blank that are not of a category that says so.
    private static readonly SearchValues<char> Blank = SearchValues.Create("\u115F\u1160\u2800\u3164\uFFA0");

    /// <summary>
    /// The most UTF-16 units that one character may take on average. A family of four is one character of eleven, and some letters carry many marks.
    /// </summary>
    private const int MostUnits = 16;

    /// <summary>Whether the text has more characters than that, as people count them.</summary>
    public static bool IsLongerThan(string text, int most)
    {
        // No character is shorter than a unit, which spares nearly every text the count.
        if (text.Length <= most)
            return false;
        if (text.Length > most * MostUnits)
            return true;
        var count = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; rest = rest[StringInfo.GetNextTextElementLength(rest)..])
            count++;
        return count > most;
    }

    /// <summary>Whether there is anything to be seen, or clicked on.</summary>
    public static bool HasVisibleCharacter(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var isBlank = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                || (rune.IsBmp && Blank.Contains((char)rune.Value));
            if (!isBlank)
                return true;
        }

        return false;
    }

    public static bool HasForbiddenCharacter(string text)
    {
        if (text.AsSpan().ContainsAny(LineAndDirection))
            return true;
        for (var i = 0; i < text.Length; i++)
        {
            // Code points that are no characters (Unicode, section 23.7) are no text; some of them cannot be composed.
            if (char.IsControl(text[i]) || text[i] is >= '\uFDD0' and <= '\uFDEF' or '\uFFFE' or '\uFFFF')
                return true;
            if (char.IsSurrogate(text[i]))
            {
                // A lone surrogate cannot be written as UTF-8, so it would change on its way.
                if (CharUnicodeInfo.GetUnicodeCategory(text, i) == UnicodeCategory.Surrogate)
                    return true;
                i++;
            }
        }

        return false;
    }
}
