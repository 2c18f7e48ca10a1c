using System.Text;
using Rescue.Sessions.Email.Templates.Html;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Compiles one part of a template and reports everything wrong with its language: iterative, and linear in the source.</summary>
internal sealed class TemplateCompiler(TemplatePart part, string source, ProblemCollector problems) : IDisposable
{
    /// <summary>The largest source of one part, in bytes of UTF-8.</summary>
    public const int MaxSourceBytes = 64 * 1024;

    /// <summary>The largest result of one part, in bytes of UTF-8.</summary>
    public const int MaxOutputBytes = 256 * 1024;

    private readonly TemplateProgramBuilder program = new();
    private readonly TemplateBlocks blocks = new();
    private readonly TemplateToken[] operators = new TemplateToken[ExpressionCompiler.MaxStack];
    private readonly ExpressionFacts[] operands = new ExpressionFacts[ExpressionCompiler.MaxStack];
    private readonly HtmlPlacement? html = part == TemplatePart.Html ? new(source, problems) : null;
    private PathFacts facts;

    /// <summary>The white space before the tag being read, when nothing else stands before it on its line.</summary>
    private TextSlice tagIndent;

    /// <summary>Whether the markup allows the tag being read.</summary>
    private bool acceptsTag;

    /// <summary>What is true at the end of the source.</summary>
    public PathFacts Facts => facts;

    /// <summary>Where the link is printed first, on any path; -1 if nowhere.</summary>
    public int LinkOffset { get; private set; } = -1;

    /// <summary>Where the link or the PIN is printed first, on any path; -1 if nowhere.</summary>
    public int SecretOffset { get; private set; } = -1;

    /// <summary>Where the link stands first where nobody sees it; -1 if nowhere.</summary>
    public int UnseenLinkOffset => html?.UnseenLink ?? -1;

    /// <summary>Where a comment first contains the link; -1 if nowhere.</summary>
    public int LinkCommentOffset { get; private set; } = -1;

    /// <summary>Compiles the source. The program is of use only when no error was reported.</summary>
    public TemplateProgram Compile()
    {
        var position = 0;
        while (position < source.Length && !problems.IsFull)
        {
            var tag = FindTag(position);
            var mark = TagSyntax.MarkAt(source, tag + TagSyntax.Enter.Length);
            var text = WhitespaceControl.TrimBefore(source.AsSpan(position, tag - position), mark);
            AddText(text, position);
            tagIndent = program.LastText(IndentBytes(position, text.Length));
            position = tag < source.Length ? CompileTag(tag, mark) : tag;
        }

        html?.End(facts.Html);
        foreach (ref readonly var block in blocks.Open) Report(block.Offset, TemplateProblemKind.UnclosedBlock);
        if (facts.MaxBytes > MaxOutputBytes) Report(0, TemplateProblemKind.OutputTooLarge, facts.MaxBytes / 1024, MaxOutputBytes / 1024);
        return program.Build(facts);
    }

    public void Dispose() => program.Dispose();

    private int FindTag(int position)
    {
        while (source.AsSpan(position).IndexOf('{') is >= 0 and var distance)
        {
            position += distance;
            if (position + 1 < source.Length && source[position + 1] == '{') return position;
            if (TagSyntax.VerbatimLength(source, position) > 0) Report(position, TemplateProblemKind.VerbatimBlock);
            position++;
        }

        return source.Length;
    }

    private int CompileTag(int tag, char mark)
    {
        var reader = new TemplateReader(part, source, tag + TagSyntax.Enter.Length + (WhitespaceControl.Is(mark) ? 1 : 0), problems);
        reader.Advance();
        acceptsTag = AcceptTag(tag);
        var whole = CompileStatement(ref reader, tag);
        if (reader.SawLinkInComment && LinkCommentOffset < 0) LinkCommentOffset = tag;
        if (whole && reader.Current.Kind == TemplateTokenKind.Exit)
            return WhitespaceControl.SkipAfter(source, reader.Current.End, source[reader.Current.Start]);
        if (whole) reader.Refuse();
        return reader.Recover();
    }

    private bool AcceptTag(int tag)
    {
        if (html is null) return true;
        var state = facts.Html;
        var accepted = html.Accepts(tag, ref state);
        facts = facts with { Html = state };
        return accepted;
    }

    private bool CompileStatement(ref TemplateReader reader, int tag)
    {
        if (reader.Current.Kind == TemplateTokenKind.Exit && reader.SawComment) return true;
        if (reader.IsWord("if")) return CompileIf(ref reader, tag);
        if (reader.IsWord("else")) return CompileElse(ref reader);
        if (!reader.IsWord("end")) return CompilePrint(ref reader, tag);
        if (!blocks.TryEnd(program, ref facts, out var block)) reader.Report(TemplateProblemKind.StrayEnd);
        else if (block.Diverges) Report(block.Offset, TemplateProblemKind.HtmlBranchesDiffer);
        reader.Advance();
        return true;
    }

    private bool CompileIf(ref TemplateReader reader, int tag)
    {
        reader.Advance();
        var whole = TryCompileExpression(ref reader, out _);
        // The block opens even after a mistake, or its end would be one too many.
        if (!blocks.TryOpen(tag, tagIndent, facts, program)) problems.Add(part, source, tag, TemplateProblemKind.TooDeep, TemplateBlocks.MaxDepth);
        return whole;
    }

    private bool CompileElse(ref TemplateReader reader)
    {
        var refusal = blocks.RefuseElse();
        if (refusal is not null) reader.Report(refusal);
        else blocks.EndBranch(program, ref facts);
        reader.Advance();
        var hasCondition = reader.IsWord("if");
        if (!hasCondition)
        {
            blocks.BeginElse();
            return true;
        }

        reader.Advance();
        var whole = TryCompileExpression(ref reader, out _);
        blocks.BeginElseIf(program);
        return whole;
    }

    private bool CompilePrint(ref TemplateReader reader, int tag)
    {
        var since = program.Next;
        if (!TryCompileExpression(ref reader, out var expression)) return false;
        var encoding = Place(expression, tag);
        program.Print(since, tagIndent, encoding);
        if (expression.IsLink && LinkOffset < 0) LinkOffset = tag;
        if (expression.IsSecret && SecretOffset < 0) SecretOffset = tag;
        var length = (long)expression.MaxLength();
        var lines = Math.Max(expression.MaxLiteral, 0) + 1L;
        facts = facts with
        {
            MaxBytes = facts.MaxBytes + (length * Utf8Output.MaxBytesPerChar(encoding)) + (lines * tagIndent.Length),
            MaxLaidOutBytes = facts.MaxLaidOutBytes + TextLayout.MaxBytes(length, lines, expression.MayPrint(PlaceholderIndex.LinkUrl)),
        };
        return true;
    }

    /// <summary>Notes that an expression is printed here; answers how.</summary>
    private TemplateEncoding Place(in ExpressionFacts expression, int tag)
    {
        if (html is null)
        {
            facts = facts with { HasLink = facts.HasLink || expression.IsLink };
            return TemplateEncoding.None;
        }

        var state = facts.Html;
        var encoding = TemplateEncoding.Html;
        if (acceptsTag) encoding = html.Print(expression, tag, ref state);
        else html.Misprint(expression, tag, ref state);
        facts = facts with { Html = state, HasLink = facts.HasLink || state.ShowsLink };
        return encoding;
    }

    private bool TryCompileExpression(ref TemplateReader reader, out ExpressionFacts expression) =>
        new ExpressionCompiler(program, operators, operands).TryCompile(ref reader, out expression);

    private void AddText(ReadOnlySpan<char> text, int offset)
    {
        program.Text(text, blocks.Indent);
        var lines = text.Count('\n') + 1L;
        var bytes = Encoding.UTF8.GetByteCount(text) + (lines * blocks.Indent.Length);
        facts = facts with
        {
            MaxBytes = facts.MaxBytes + bytes,
            MaxLaidOutBytes = facts.MaxLaidOutBytes + TextLayout.MaxBytes(bytes, lines, hasLink: false),
        };
        if (html is null) return;
        var state = facts.Html;
        html.Text(text, offset, ref state);
        facts = facts with { Html = state, HasLink = facts.HasLink || state.ShowsLink };
    }

    /// <summary>The length in bytes of the white space at the end of a text, when it begins a line; 0 otherwise.</summary>
    private int IndentBytes(int start, int length)
    {
        if (length == 0) return 0;
        var end = start + length;
        var begin = end;
        while (begin > 0 && source[begin - 1] != '\n')
            if (!char.IsWhiteSpace(source[--begin])) return 0;
        return Encoding.UTF8.GetByteCount(source.AsSpan(begin, end - begin));
    }

    private void Report(int offset, TemplateProblemKind kind, params ReadOnlySpan<object?> details) =>
        problems.Add(part, source, offset, kind, details);
}
