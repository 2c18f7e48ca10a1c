using System.Buffers;
using System.Globalization;

namespace Rescue.Sessions.Email.Templates;

/// <summary>A string in either quote, with Scriban's escapes: <c>\' \" \\ \0 \b \f \n \r \t \v \uFFFF \xFF</c>.</summary>
internal static class TextLiteral
{
    private const string Escapes = "'\"\\0bfnrtv";
    private const string Meanings = "'\"\\\0\b\f\n\r\t\v";

    /// <summary>Finds the end of the literal that begins at a position, and whether it is whole.</summary>
    public static int FindEnd(ReadOnlySpan<char> source, int start, char quote, out TemplateTokenKind kind)
    {
        kind = TemplateTokenKind.Text;
        var position = start + 1;
        while (position < source.Length && source[position] is not ('\n' or '\r'))
        {
            if (source[position] == quote) return position + 1;
            if (source[position] != '\\')
            {
                position++;
                continue;
            }

            var length = EscapeLength(source[position..]);
            if (length == 0) kind = TemplateTokenKind.BadEscape;
            position += Math.Max(length, 2);
        }

        kind = TemplateTokenKind.UnclosedText;
        return start + 1;
    }

    /// <summary>Appends what the literal, given without its quotes, stands for.</summary>
    public static void Decode(ReadOnlySpan<char> inside, IBufferWriter<char> target)
    {
        while (inside.IndexOf('\\') is >= 0 and var escape)
        {
            target.Write(inside[..escape]);
            inside = inside[escape..];
            var length = EscapeLength(inside);
            target.Write([length > 2
                ? (char)ushort.Parse(inside[2..length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : Meanings[Escapes.IndexOf(inside[1], StringComparison.Ordinal)]]);
            inside = inside[length..];
        }

        target.Write(inside);
    }

    private static int EscapeLength(ReadOnlySpan<char> escape)
    {
        if (escape.Length < 2) return 0;
        var digits = escape[1] switch { 'u' => 4, 'x' => 2, _ => 0 };
        if (digits == 0) return Escapes.Contains(escape[1], StringComparison.Ordinal) ? 2 : 0;
        if (escape.Length < 2 + digits) return 0;
        foreach (var digit in escape.Slice(2, digits))
            if (!char.IsAsciiHexDigit(digit)) return 0;
        return 2 + digits;
    }
}
