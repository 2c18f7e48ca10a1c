using System.Buffers;

namespace Rescue.Sessions.Email.Templates;

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
        [.. Enumerable.Range(0, 0x20).Where(code => code is not ('\t' or '\n' or '\r')).Select(code => (char)code), '\u007F']);

    /// <summary>The first of them in a value, or -1.</summary>
    public static int IndexIn(ReadOnlySpan<char> value) => value.IndexOfAny(All);

    /// <summary>The first that a body may not contain (tabs and line ends are fine), or -1.</summary>
    public static int IndexInBody(ReadOnlySpan<char> body) => body.IndexOfAny(NotInBody);
}
