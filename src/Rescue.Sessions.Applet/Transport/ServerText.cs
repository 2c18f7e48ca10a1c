using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Rescue.Sessions.Applet.Transport;

/// <summary>
/// What a server says to people, harmless to print: whoever has sent a link may have a server of their own, and a control character or an escape sequence rewrites the
/// window that it is written to, a mark of direction the words around it.
/// </summary>
internal static class ServerText
{
    // Embeddings and overrides; isolates too within a line, which would end those that are put around it.
    private const string Overrides = "\u202A\u202B\u202C\u202D\u202E";

    private static readonly SearchValues<char> Directions = SearchValues.Create(Overrides + "\u2066\u2067\u2068\u2069");

    /// <summary>A name or a word, on one line.</summary>
    [return: NotNullIfNotNull(nameof(said))]
    public static string? Line(string? said) => said is null ? null : string.Concat(said.Where(c => !Directions.Contains(c)).Select(c => BreaksLine(c) ? ' ' : Visible(c)));

    /// <summary>Text of several lines, which end as in this program.</summary>
    [return: NotNullIfNotNull(nameof(said))]
    public static string? Paragraphs(string? said) => said is null
        ? null
        : string.Concat(said.ReplaceLineEndings("\n").Where(c => !Overrides.Contains(c)).Select(c => c is '\n' or '\t' ? c : Visible(c)));

    private static bool BreaksLine(char c) => c is '\t' or '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private static char Visible(char c) => char.IsControl(c) ? '\uFFFD' : c;
}
