using System.Buffers;
using System.Text;

namespace Rescue.Sessions.Email.Text;

/// <summary>
/// The characters that could break a line or hide text: C0 and C1 controls (Unicode category Cc), DEL, the line and paragraph separators
/// and the bidirectional embeddings, overrides and isolates (U+202A to U+202E, U+2066 to U+2069).
/// </summary>
internal static class ControlCharacters
{
    private static readonly SearchValues<char> All = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code),
        .. "\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"]);

    private static readonly SearchValues<char> NotInBody = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(code => code is not ('\t' or '\n')).Select(code => (char)code), '\u007F',
        .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    /// <summary>The first of them in a value, or -1.</summary>
    public static int IndexIn(ReadOnlySpan<char> value) => value.IndexOfAny(All);

    /// <summary>The first that a body must not contain, or -1: tabs and whole line ends are fine, half a line end or half a character is not.</summary>
    public static int IndexInBody(ReadOnlySpan<char> body)
    {
        for (var position = 0; body[position..].IndexOfAny(NotInBody) is >= 0 and var distance; position++)
        {
            position += distance;
            var isWhole = body[position] == '\r'
                ? position + 1 < body.Length && body[position + 1] == '\n'
                : Rune.DecodeFromUtf16(body[position..], out _, out var length) == OperationStatus.Done && length == 2;
            if (!isWhole)
                return position;
            position += body[position] == '\r' ? 0 : 1;
        }

        return -1;
    }
}
