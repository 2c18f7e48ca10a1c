using System.Globalization;
using System.Text;

namespace Rescue.Sessions.Normalization;

/// <summary>Text that goes into one header line: nothing may end the line, hide, or turn the reading direction round.</summary>
internal static class SingleLine
{
    /// <summary>Whether a header may hold the text: no control character, line or paragraph separator, direction override or lone surrogate.</summary>
    public static bool IsClean(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != System.Buffers.OperationStatus.Done || IsRefused(rune))
                return false;
            text = text[consumed..];
        }

        return true;
    }

    /// <summary>Throws when a header may not hold the text; the message never repeats it.</summary>
    public static void Check(string text, int maximumLength, string name)
    {
        if (text.Length > maximumLength)
            throw new ArgumentException($"{name} has {text.Length} characters; shorten it to {maximumLength}.", name);
        if (!IsClean(text))
        {
            throw new ArgumentException(
                $"{name} holds a line break, another control character, a direction override or half a surrogate pair; remove it.", name);
        }
    }

    private static bool IsRefused(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
