using System.Buffers;
using System.Text;

namespace Rescue.Sessions.Codes;

/// <summary>
/// The one reader of link tokens: 26 characters of Crockford's base32 (130 bits), in any case, with <c>o</c> for 0 and <c>i</c> or <c>l</c> for 1.
/// White space, invisible characters, punctuation and symbols are dropped wherever they stand. The earlier form, 22 characters of base64url (128 bits;
/// RFC 4648, section 5), is read too, in its own case and its one canonical spelling.
/// </summary>
internal static class TokenText
{
    public const int Length = 26;

    public const int EarlierLength = 22;

    /// <summary>The digits of a token; their places are their values.</summary>
    public const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    private const int MaxKept = 64;

    private static readonly SearchValues<char> Known = SearchValues.Create(Digits);

    // The last character of 128 bits carries two of them; the four bits beside them are zero.
    private static readonly SearchValues<char> EarlierEnds = SearchValues.Create("AQgw");

    /// <summary>Reads a token into its canonical spelling; false, and empty, for what is none.</summary>
    public static bool TryRead(string? text, out string token)
    {
        token = "";
        Span<char> kept = stackalloc char[MaxKept];
        var count = 0;
        foreach (var rune in LinkDamage.Unescape(text ?? "").EnumerateRunes())
        {
            if (rune is { IsAscii: true, Value: var ascii } && (char.IsAsciiLetterOrDigit((char)ascii) || ascii is '-' or '_'))
            {
                if (count == MaxKept)
                    return false;
                kept[count++] = (char)ascii;
            }
            else if (!LinkDamage.IsDropped(rune))
            {
                return false;
            }
        }

        return TryReadDigits(kept[..count], out token) || TryReadEarlier(kept[..count], out token);
    }

    private static bool TryReadDigits(ReadOnlySpan<char> kept, out string token)
    {
        token = "";
        Span<char> digits = stackalloc char[Length];
        var count = 0;
        foreach (var character in kept)
        {
            if (character is '-' or '_')
                continue;
            if (count == Length)
                return false;
            digits[count++] = char.ToLowerInvariant(character) switch { 'o' => '0', 'i' or 'l' => '1', var digit => digit };
        }

        if (count != Length || digits.ContainsAnyExcept(Known))
            return false;
        token = new(digits);
        return true;
    }

    private static bool TryReadEarlier(ReadOnlySpan<char> kept, out string token)
    {
        // A hyphen and an underscore are digits of this form, but never its last one.
        var trimmed = kept.TrimEnd("-_");
        var fits = trimmed.Length == EarlierLength && EarlierEnds.Contains(trimmed[^1]);
        token = fits ? new(trimmed) : "";
        return fits;
    }
}
