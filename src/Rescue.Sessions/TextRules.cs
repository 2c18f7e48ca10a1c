using System.Buffers;
using System.Globalization;

namespace Rescue.Sessions;

/// <summary>Which characters one line of text shown to people may hold.</summary>
internal static class TextRules
{
    // Line and paragraph separators break a line; embeddings, overrides and isolates can make a name read as another.
    // Joiners and direction marks stay allowed: Persian, Hindi and Arabic names need them.
    private static readonly SearchValues<char> LineAndDirection =
        SearchValues.Create("\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    public static bool HasForbiddenCharacter(string text)
    {
        if (text.AsSpan().ContainsAny(LineAndDirection))
            return true;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
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
