namespace Rescue.Sessions.Email.Templates;

/// <summary>Cuts what stands between braces into tokens, in one pass and without allocating.</summary>
internal ref struct TemplateLexer(ReadOnlySpan<char> source, int position)
{
    private readonly ReadOnlySpan<char> source = source;

    /// <summary>Where the next token begins, or white space before it.</summary>
    public int Position { get; set; } = position;

    /// <summary>Whether a comment was passed over: a tag with nothing else is then no mistake.</summary>
    public bool SawComment { get; private set; }

    /// <summary>Whether a comment contains the link, which is then not in the message.</summary>
    public bool SawLinkInComment { get; private set; }

    public TemplateToken Next()
    {
        while (Position < source.Length)
        {
            var start = Position;
            var current = source[start];
            if (TagSyntax.ExitLength(source, start) is > 0 and var exit) return Take(TemplateTokenKind.Exit, exit);
            if (current is ' ' or '\t')
            {
                Position++;
                continue;
            }

            if (current == '#')
            {
                if (PassComment()) continue;
                return new(TemplateTokenKind.UnclosedComment, start, Position);
            }

            return current switch
            {
                '\n' or '\r' => Take(TemplateTokenKind.LineBreak, 1),
                '"' or '\'' => TakeText(current),
                '(' => Take(TemplateTokenKind.Open, 1),
                ')' => Take(TemplateTokenKind.Close, 1),
                '?' when Follows('?') => Take(TemplateTokenKind.Coalesce, 2),
                '=' when Follows('=') => Take(TemplateTokenKind.Equal, 2),
                '!' when Follows('=') => Take(TemplateTokenKind.NotEqual, 2),
                '!' => Take(TemplateTokenKind.Not, 1),
                '&' when Follows('&') => Take(TemplateTokenKind.And, 2),
                '|' when Follows('|') => Take(TemplateTokenKind.Or, 2),
                '{' when Follows('{') => new(TemplateTokenKind.NextTag, start, start),
                _ when IsNameStart(current) => TakeName(),
                _ => Take(TemplateTokenKind.Unknown, 1),
            };
        }

        return new(TemplateTokenKind.EndOfSource, source.Length, source.Length);
    }

    private static bool IsNameStart(char value) => value == '_' || char.IsLetter(value);

    private readonly bool Follows(char expected) => Position + 1 < source.Length && source[Position + 1] == expected;

    private TemplateToken Take(TemplateTokenKind kind, int length)
    {
        var start = Position;
        Position += length;
        return new(kind, start, Position);
    }

    private TemplateToken TakeName()
    {
        var end = Position + 1;
        while (end < source.Length && (IsNameStart(source[end]) || char.IsDigit(source[end]) || source[end] == '.')) end++;
        return Take(TemplateTokenKind.Name, end - Position);
    }

    private TemplateToken TakeText(char quote)
    {
        var start = Position;
        var end = TextLiteral.FindEnd(source, start, quote, out var kind);
        Position = end;
        return new(kind, start, end);
    }

    /// <summary>Passes over a comment: <c>#</c> to the end of the line or tag, <c>##</c> to the next <c>##</c>.</summary>
    private bool PassComment()
    {
        var start = Position;
        SawComment = true;
        var closed = Follows('#') ? PassLongComment() : PassShortComment();
        if (source[start..Position].IndexOf("link.url") >= 0) SawLinkInComment = true;
        return closed;
    }

    private bool PassLongComment()
    {
        var begin = Position + 2;
        var length = source[begin..].IndexOf("##");
        var inside = length < 0 ? source[begin..] : source.Slice(begin, length);
        // Scriban ends the comment at closing braces too; to mean the same there, it must not contain any.
        var closed = length >= 0 && inside.IndexOf("}}") < 0;
        Position = length < 0 ? begin : begin + length + 2;
        return closed;
    }

    private bool PassShortComment()
    {
        Position++;
        while (Position < source.Length && source[Position] is not ('\n' or '\r') && TagSyntax.ExitLength(source, Position) == 0) Position++;
        return true;
    }
}
