namespace Rescue.Sessions.Email.Templates;

/// <summary>The braces around a tag.</summary>
internal static class TagSyntax
{
    public const string Enter = "{{";
    public const string Exit = "}}";

    /// <summary>The length of the end of a tag (<c>}}</c>, <c>-}}</c> or <c>~}}</c>) at a position; 0 if none is there.</summary>
    public static int ExitLength(ReadOnlySpan<char> source, int position)
    {
        var braces = WhitespaceControl.Is(source[position]) ? position + 1 : position;
        return braces + 1 < source.Length && source[braces] == '}' && source[braces + 1] == '}' ? braces + 2 - position : 0;
    }

    /// <summary>The whitespace control mark before a position, such as that of a closing brace; a space if there is none.</summary>
    public static char MarkAt(ReadOnlySpan<char> source, int position) =>
        position < source.Length && WhitespaceControl.Is(source[position]) ? source[position] : ' ';

    /// <summary>
    /// The length of the start of a verbatim block (<c>{%{</c>, with any number of percent signs) at a position; 0 if none is there.
    /// Scriban would print what follows as it stands, so we must not take it for text.
    /// </summary>
    public static int VerbatimLength(ReadOnlySpan<char> source, int position)
    {
        var end = position + 1;
        while (end < source.Length && source[end] == '%') end++;
        return end > position + 1 && end < source.Length && source[end] == '{' ? end + 1 - position : 0;
    }
}
