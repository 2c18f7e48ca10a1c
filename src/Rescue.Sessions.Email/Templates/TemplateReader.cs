namespace Rescue.Sessions.Email.Templates;

/// <summary>Reads the tokens of one tag and reports what is wrong with them.</summary>
internal ref struct TemplateReader(TemplatePart part, string source, int start, ProblemCollector problems)
{
    private TemplateLexer lexer = new(source, start);
    private bool begun;

    /// <summary>The token being looked at.</summary>
    public TemplateToken Current { get; private set; }

    /// <summary>Whether no further problem would be told, so that there is nothing left to look for.</summary>
    public readonly bool IsFull => problems.IsFull;

    public readonly bool SawComment => lexer.SawComment;

    public readonly bool SawLinkInComment => lexer.SawLinkInComment;

    public readonly ReadOnlySpan<char> Word => source.AsSpan(Current.Start, Current.End - Current.Start);

    /// <summary>
    /// Moves on. Line breaks are passed over at the start and the end of a tag, as Scriban does; between, where they would end a
    /// statement there, they stay as a token that nothing accepts.
    /// </summary>
    public void Advance()
    {
        var token = lexer.Next();
        if (token.Kind == TemplateTokenKind.LineBreak)
        {
            var lineBreak = token;
            while (token.Kind == TemplateTokenKind.LineBreak) token = lexer.Next();
            if (begun && token.Kind != TemplateTokenKind.Exit)
            {
                token = lineBreak;
                lexer.Position = lineBreak.End;
            }
        }

        begun = true;
        Current = token;
    }

    public readonly bool IsWord(string word) => Current.Kind == TemplateTokenKind.Name && Word.SequenceEqual(word);

    public readonly void Report(TemplateProblemKind kind, params ReadOnlySpan<object?> details) =>
        Report(Current, kind, details);

    public readonly void Report(TemplateToken token, TemplateProblemKind kind, params ReadOnlySpan<object?> details) =>
        problems.Add(part, source, token.Start, kind, details);

    /// <summary>Says why the current token cannot stand here.</summary>
    public readonly void Refuse(bool valueExpected = false)
    {
        var kind = Current.Kind switch
        {
            TemplateTokenKind.UnclosedText => TemplateProblemKind.UnclosedText,
            TemplateTokenKind.BadEscape => TemplateProblemKind.BadEscape,
            TemplateTokenKind.UnclosedComment => TemplateProblemKind.UnclosedComment,
            TemplateTokenKind.LineBreak => TemplateProblemKind.LineBreakInTag,
            TemplateTokenKind.NextTag or TemplateTokenKind.EndOfSource => TemplateProblemKind.UnclosedTag,
            TemplateTokenKind.Exit => TemplateProblemKind.ValueExpected,
            _ => valueExpected ? TemplateProblemKind.ValueExpected : TemplateProblemKind.UnexpectedToken,
        };
        // An unclosed tag is best shown where it begins; its reader knows only what stands where the end should be.
        if (kind == TemplateProblemKind.UnclosedTag) problems.Add(part, source, TagStart(), kind);
        else Report(kind, Shorten(Word));
    }

    /// <summary>Refuses what an escape may have brought into the text and the source itself must not contain.</summary>
    public readonly void CheckCharacters(ReadOnlySpan<char> literal)
    {
        if (ControlCharacters.IndexIn(literal, part) is >= 0 and var place) problems.AddCharacter(part, source, Current.Start, literal[place]);
    }

    public readonly void ReportUnknownName()
    {
        var hint = PlaceholderSpelling.Nearest(Word) is { } nearest ? problems.Say("did-you-mean", nearest) : problems.Say("see-the-list");
        Report(TemplateProblemKind.UnknownName, Shorten(Word), hint);
    }

    /// <summary>Where to go on after a mistake: past the end of the tag, or at the next tag if that comes first.</summary>
    public readonly int Recover()
    {
        var from = Math.Min(Current.Kind is TemplateTokenKind.UnclosedText ? Current.Start : lexer.Position, source.Length);
        if (Current.Kind is TemplateTokenKind.Exit) return from;
        var rest = source.AsSpan(from);
        var exit = rest.IndexOf(TagSyntax.Exit);
        var enter = (exit < 0 ? rest : rest[..exit]).IndexOf(TagSyntax.Enter);
        return enter >= 0 ? from + enter : exit >= 0 ? from + exit + TagSyntax.Exit.Length : source.Length;
    }

    public static string Shorten(ReadOnlySpan<char> word) => word.Length <= 40 ? word.ToString() : string.Concat(word[..40], "…");

    private readonly int TagStart() => start >= 3 && source[start - 1] != '{' ? start - 3 : start - 2;
}
