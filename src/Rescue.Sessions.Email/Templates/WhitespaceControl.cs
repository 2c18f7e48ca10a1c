namespace Rescue.Sessions.Email.Templates;

/// <summary>Scriban's whitespace control: what a tag does to the white space beside it.</summary>
internal static class WhitespaceControl
{
    /// <summary>Takes all white space, line ends included.</summary>
    public const char All = '-';

    /// <summary>Stays on the line: before a tag up to its line end, after a tag up to and including it.</summary>
    public const char Line = '~';

    public static bool Is(char mark) => mark is All or Line;

    /// <summary>The text before a tag, without what the tag's mark takes.</summary>
    public static ReadOnlySpan<char> TrimBefore(ReadOnlySpan<char> text, char mark)
    {
        if (mark == All) return text.TrimEnd();
        if (mark != Line) return text;
        var end = text.Length;
        while (end > 0 && char.IsWhiteSpace(text[end - 1]) && text[end - 1] is not ('\n' or '\r')) end--;
        return text[..end];
    }

    /// <summary>Where the text after a tag begins, past what the tag's mark takes.</summary>
    public static int SkipAfter(ReadOnlySpan<char> source, int position, char mark)
    {
        if (!Is(mark)) return position;
        while (position < source.Length && char.IsWhiteSpace(source[position]))
            if (source[position++] == '\n' && mark == Line) break;
        return position;
    }
}
