using System.Globalization;

namespace Rescue.Sessions.Normalization;

/// <summary>
/// A fully qualified domain in both of its forms (RFC 5890): Unicode for people, ASCII for the wire; lower case. What is written is mapped first
/// (UTS 46, non-transitional): width and case are evened out, and what nobody sees is dropped.
/// </summary>
internal readonly record struct DomainName(string Unicode, string Ascii)
{
    private const int MaximumLength = 253;

    // What is dropped may be written in addition.
    private const int MaximumWritten = 4 * MaximumLength;

    public static DomainName? Parse(string text)
    {
        if (text.Length is 0 or > MaximumWritten)
            return null;
        try
        {
            var mapping = new IdnMapping { UseStd3AsciiRules = true };
            var ascii = mapping.GetAscii(text).ToLowerInvariant();
            return IsQualified(ascii) ? new DomainName(mapping.GetUnicode(ascii), ascii) : null;
        }
        catch (ArgumentException)
        {
            // The only way IdnMapping says that a label has no valid form.
            return null;
        }
    }

    /// <summary>RFC 5321 section 2.3.5 wants a name that can be resolved anywhere; a lone label is nearly always a slip.</summary>
    private static bool IsQualified(string ascii)
    {
        if (ascii.Length > MaximumLength)
            return false;
        if (ascii == "localhost")
            return true;
        var labels = ascii.Split('.');
        return labels.Length > 1 && Array.TrueForAll(labels, IsLabel) && !labels[^1].All(char.IsAsciiDigit);
    }

    /// <summary>Letters, digits and hyphens, no hyphen at either end, 1 to 63 octets (RFC 1034 section 3.5).</summary>
    private static bool IsLabel(string label) => label.Length is > 0 and <= 63
        && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
