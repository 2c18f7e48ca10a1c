using System.Buffers;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Follows what stands beside the link.</summary>
internal static class LinkEdges
{
    private static readonly SearchValues<char> Opening = SearchValues.Create("([{<>\"'«‹„“‘¿¡:：、，。（「『【|;");
    private static readonly SearchValues<char> Closing = SearchValues.Create(")]}>\"'»›”“’.,;:!?…。，、！？）」』】|<");

    /// <summary>What stands before the place after some text.</summary>
    public static LinkEdge After(LinkEdge before, ReadOnlySpan<char> text, out bool touches)
    {
        touches = false;
        if (text.IsEmpty)
            return before;
        if ((before & LinkEdge.Link) != 0)
        {
            var end = text.IndexOfAnyExcept(Closing);
            if (end < 0)
                return LinkEdge.Link | LinkEdge.Open;
            touches = !IsApart(text[end..]);
        }

        return char.IsWhiteSpace(text[^1]) || Opening.Contains(text[^1]) ? LinkEdge.Open : LinkEdge.Word;
    }

    /// <summary>What stands before the place after a value other than the link.</summary>
    public static LinkEdge AfterValue(LinkEdge before, bool canBeEmpty, out bool touches)
    {
        touches = (before & LinkEdge.Link) != 0;
        return LinkEdge.Word | (canBeEmpty ? before : LinkEdge.None);
    }

    /// <summary>What stands before the place after the link.</summary>
    public static LinkEdge AfterLink(LinkEdge before, out bool touches)
    {
        touches = (before & (LinkEdge.Word | LinkEdge.Link)) != 0;
        return LinkEdge.Link;
    }

    // A character reference such as &nbsp; is white space or a sign; the ampersand alone continues an address.
    private static bool IsApart(ReadOnlySpan<char> text) =>
        char.IsWhiteSpace(text[0]) || text.StartsWith("&nbsp;", StringComparison.Ordinal) || text.StartsWith("&gt;", StringComparison.Ordinal)
        || text[0] is '–' or '—' or '\u200E' or '\u200F';
}
