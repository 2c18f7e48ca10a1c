using System.Globalization;
using System.Text;

namespace Rescue.Sessions.Codes;

/// <summary>
/// The one reader of typed PINs: decimal digits of any script; white space, dashes and invisible format characters are dropped wherever they stand,
/// and anything else makes it no PIN.
/// </summary>
internal static class PinText
{
    public const int MinLength = 6;

    public const int MaxLength = 12;

    /// <summary>Reads a PIN into ASCII digits; false, and empty, for what is none.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out string digits)
    {
        digits = "";
        Span<char> read = stackalloc char[MaxLength];
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
            {
                if (count == MaxLength)
                    return false;
                read[count++] = (char)('0' + (int)Rune.GetNumericValue(rune));
            }
            else if (!IsSeparator(rune))
            {
                return false;
            }
        }

        if (count < MinLength)
            return false;
        digits = new(read[..count]);
        return true;
    }

    // Keyboards and mail programs turn a hyphen into a dash or a minus sign, and pasting brings invisible characters along.
    private static bool IsSeparator(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || rune.Value == '\u2212'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;
}
