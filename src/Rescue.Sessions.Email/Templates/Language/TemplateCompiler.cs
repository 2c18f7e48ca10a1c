using System.Buffers;
using System.Globalization;
using System.Text;
using Rescue.Sessions.Email.Templates.Html;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// Compiles one part of a template: gate, Scriban's parser, then a walk through its tree that allows what is listed, proves that the link is on
/// every path, places each value in the markup and bounds the output.
/// </summary>
internal sealed class TemplateCompiler(TemplatePart part, string source, TemplateNames names, CultureInfo culture, ProblemCollector problems)
{
    /// <summary>The largest source of one part, in bytes of UTF-8.</summary>
    public const int MaxSourceBytes = 64 * 1024;

    /// <summary>The largest result of one part, in bytes of UTF-8.</summary>
    public const int MaxOutputBytes = 256 * 1024;

    private static readonly SearchValues<char> EndOfWord = SearchValues.Create(" \t\r\n;}");

    private readonly ExpressionReader expressions = new(part, source, names, problems);
    private readonly HtmlPlacement? html = part == TemplatePart.Html ? new(source, problems) : null;
    private readonly TemplateGate gate = new(part, source, problems);
    private PathFacts facts = new(false, false, 0, 0, 0, LinkEdge.Open, 0, default);
    private int tag;
    private bool saidTouched;

    /// <summary>Whether the markup allows the tag being read.</summary>
    private bool acceptsTag = true;

    /// <summary>What is true at the end of the source.</summary>
    public PathFacts Facts => facts;

    /// <summary>Whether the source could be read to its end, so that what is missing in it is missing.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Where the link is printed first, on any path; -1 if nowhere.</summary>
    public int LinkOffset { get; private set; } = -1;

    /// <summary>Where the link or the PIN is printed first, on any path; -1 if nowhere.</summary>
    public int SecretOffset { get; private set; } = -1;

    /// <summary>Where the link stands first where nobody sees it; -1 if nowhere.</summary>
    public int UnseenLinkOffset => html?.UnseenLink ?? -1;

    /// <summary>Where a comment first contains the link; -1 if nowhere.</summary>
    public int LinkCommentOffset => gate.LinkCommentOffset;

    /// <summary>Compiles the source. The plan is of use only when no error was reported.</summary>
    public TemplatePlan Compile()
    {
        var nodes = gate.Pass() && Parse() is { } body ? CompileBlock(body, "") : [];
        html?.End(facts.Html);
        if (facts.MaxBytes > MaxOutputBytes)
            Report(0, TemplateProblemKind.OutputTooLarge, facts.MaxBytes / 1024, MaxOutputBytes / 1024);
        return new(nodes, names, culture, facts.MaxBytes, facts.MaxLaidOutBytes, expressions.IsEvaluated);
    }

    private ScriptBlockStatement? Parse()
    {
        var parser = new Parser(new Lexer(gate.UnclosedBlocks == 0 ? source : Closed()), new() { ExpressionDepthLimit = TemplateGate.MaxTokens });
        var page = parser.Run();
        foreach (var message in parser.Messages)
        {
            if (message.Type == ParserMessageType.Error)
                Report(message.Span.Start.Offset, TemplateProblemKind.Syntax, ProblemCollector.Shorten(message.Message.ReplaceLineEndings(" ")));
        }

        IsRead = !parser.HasErrors;
        return parser.HasErrors ? null : page?.Body;
    }

    private string Closed() => source + string.Concat(Enumerable.Repeat("{{ end }}", gate.UnclosedBlocks));

    private PlanNode[] CompileBlock(ScriptBlockStatement block, string outer)
    {
        var nodes = new List<PlanNode>();
        var indent = outer;
        foreach (var statement in block.Statements)
        {
            if (problems.IsFull)
                break;
            switch (statement)
            {
                case ScriptEscapeStatement escape:
                    indent = escape.IsEntering ? escape.Indent ?? "" : outer;
                    if (escape.IsEntering)
                        EnterTag(escape.Span.Start.Offset);
                    break;
                case ScriptRawStatement raw:
                    AddText(nodes, raw.Text.ToString(), raw.Text.Index, indent);
                    break;
                case ScriptExpressionStatement { Expression: ScriptAssignExpression assignment }:
                    expressions.Assigned = facts.Locals;
                    expressions.Assign(assignment);
                    facts = facts with { Locals = expressions.Assigned };
                    nodes.Add(new PlanNode.Assign(assignment));
                    break;
                case ScriptExpressionStatement { Expression: { } expression }:
                    AddPrint(nodes, expression, indent);
                    break;
                case ScriptIfStatement condition:
                    nodes.Add(CompileIf(condition, indent));
                    break;
                case ScriptCaseStatement { Value: { } value, Body: { } body }:
                    CompileCase(nodes, value, body, indent);
                    break;
                case ScriptEndStatement or ScriptNopStatement:
                    break;
                default:
                    Report(statement.Span.Start.Offset, TemplateProblemKind.NotAllowed, ProblemCollector.Shorten(WordAt(statement.Span.Start.Offset)));
                    break;
            }
        }

        return [.. nodes];
    }

    private void EnterTag(int offset)
    {
        tag = Math.Clamp(offset, 0, source.Length);
        if (html is null)
            return;
        var state = facts.Html;
        acceptsTag = html.Accepts(tag, ref state);
        facts = facts with { Html = state };
    }

    private PlanNode.Branch CompileIf(ScriptIfStatement first, string indent) => CompileBranches(
        tag,
        first,
        indent,
        statement => statement is ScriptIfStatement { Condition: { } written } branch ? (Read(written, out _), branch.Then, branch.Else) : null);

    // Whatever reads no condition is the else.
    private PlanNode.Branch CompileBranches(
        int start,
        ScriptConditionStatement first,
        string indent,
        Func<ScriptConditionStatement, (PlanExpression Condition, ScriptBlockStatement? Body, ScriptConditionStatement? Next)?> read)
    {
        var before = facts;
        PathFacts? joined = null;
        var diverges = false;
        var branches = new List<(PlanExpression?, PlanNode[])>();
        for (ScriptConditionStatement? next = first; next is not null;)
        {
            facts = before;
            var branch = read(next);
            var body = branch is null ? (next as ScriptElseStatement)?.Body : branch.Value.Body;
            next = branch?.Next;
            branches.Add((branch?.Condition, body is null ? [] : CompileBlock(body, indent)));
            Join(ref joined, ref diverges);
            if (next is null && branch is not null)
                JoinPast(before, ref joined, ref diverges);
        }

        EndBranches(start, joined, diverges);
        return new([.. branches]);
    }

    private void CompileCase(List<PlanNode> nodes, ScriptExpression value, ScriptBlockStatement body, string indent)
    {
        var start = tag;
        var given = Read(value, out var about);
        foreach (var statement in body.Statements)
        {
            if (statement is ScriptRawStatement raw)
                AddText(nodes, raw.Text.ToString(), raw.Text.Index, indent);
            else if (statement is ScriptWhenStatement when)
                nodes.Add(CompileWhens(start, given, about, when, indent));
            else if (statement is ScriptEscapeStatement { IsEntering: true } escape)
                EnterTag(escape.Span.Start.Offset);
        }
    }

    private PlanNode.Branch CompileWhens(int start, PlanExpression given, ExpressionFacts about, ScriptWhenStatement first, string indent) => CompileBranches(
        start,
        first,
        indent,
        statement => statement is ScriptWhenStatement branch ? (ReadCase(given, about, branch), branch.Body, branch.Next) : null);

    private PlanExpression.When ReadCase(PlanExpression given, ExpressionFacts about, ScriptWhenStatement when)
    {
        var candidates = new List<PlanExpression>();
        foreach (var written in when.Values)
        {
            candidates.Add(Read(written, out var candidate));
            if (about.Type is { } type && candidate.Type is { } other && type != other && other != TemplateType.Missing)
                Report(written.Span.Start.Offset, TemplateProblemKind.TypeMismatch);
        }

        return new(given, [.. candidates]);
    }

    // Without an else there is one more path: past every branch.
    private void JoinPast(PathFacts before, ref PathFacts? joined, ref bool diverges)
    {
        facts = before;
        Join(ref joined, ref diverges);
    }

    private void Join(ref PathFacts? joined, ref bool diverges)
    {
        if (joined is { } others)
            diverges |= !others.Html.IsAt(facts.Html);
        joined = joined?.Meet(facts) ?? facts;
    }

    private void EndBranches(int start, PathFacts? joined, bool diverges)
    {
        facts = joined!.Value;
        if (html is not null && diverges)
            Report(start, TemplateProblemKind.HtmlBranchesDiffer);
    }

    private PlanExpression Read(ScriptExpression expression, out ExpressionFacts about)
    {
        expressions.Assigned = facts.Locals;
        return expressions.Read(expression, out about);
    }

    private void AddPrint(List<PlanNode> nodes, ScriptExpression expression, string indent)
    {
        var plan = Read(expression, out var about);
        if (about.Type is null)
        {
            // What was refused already is not also said to be missing.
            facts = facts with { HasWords = true };
            return;
        }

        if (about.Type == TemplateType.List)
        {
            Report(expression.Span.Start.Offset, TemplateProblemKind.WholeList);
            return;
        }

        var encoding = Place(about);
        Touch(about);
        nodes.Add(plan is PlanExpression.Literal { Value: string literal } && encoding == TemplateEncoding.None
            ? new PlanNode.Text(literal, indent)
            : new PlanNode.Print(plan, encoding, indent, part == TemplatePart.Subject ? TemplatePlaceholder.MostUnits * about.MaxLength : about.MaxLength));
        if (about.IsLink && LinkOffset < 0)
            LinkOffset = tag;
        if (about.IsSecret && SecretOffset < 0)
            SecretOffset = tag;
        var lines = (about.IsMade ? about.MaxLength : 0) + 1;
        facts = facts with
        {
            HasWords = facts.HasWords || !about.MayShowNothing,
            MaxCharacters = facts.MaxCharacters + about.MaxLength,
            MaxBytes = facts.MaxBytes + (about.MaxLength * TextBuffer.MaxBytesPerChar(encoding)) + (indent.Length == 0 ? 0 : lines * indent.Length),
            MaxLaidOutBytes = facts.MaxLaidOutBytes + TextLayout.MaxBytes(about.MaxLength, 1, about.MayPrintLink),
        };
    }

    /// <summary>Notes that an expression is printed here; answers how.</summary>
    private TemplateEncoding Place(in ExpressionFacts expression)
    {
        if (html is null)
        {
            facts = facts with { HasLink = facts.HasLink || expression.IsLink };
            return TemplateEncoding.None;
        }

        var state = facts.Html;
        var encoding = TemplateEncoding.Html;
        if (acceptsTag)
            encoding = html.Print(expression, names, tag, ref state);
        else
            html.Misprint(expression, tag, ref state);
        facts = facts with { Html = state, HasLink = facts.HasLink || state.ShowsLink };
        return encoding;
    }

    private void Touch(in ExpressionFacts expression)
    {
        if (part == TemplatePart.Subject || (html is not null && facts.Html.Mode != HtmlMode.Text))
            return;
        var edge = expression.IsLink
            ? LinkEdges.AfterLink(facts.Edge, out var touches)
            : LinkEdges.AfterValue(facts.Edge, expression.MayShowNothing, out touches);
        facts = facts with { Edge = edge };
        if (touches)
            SayTouched(tag);
    }

    private void AddText(List<PlanNode> nodes, string text, int offset, string indent)
    {
        if (text.Length == 0)
            return;
        nodes.Add(new PlanNode.Text(text, indent));
        var lines = text.AsSpan().Count('\n');
        var bytes = Encoding.UTF8.GetByteCount(text) + ((lines + 1L) * indent.Length);
        facts = facts with
        {
            HasWords = facts.HasWords || !string.IsNullOrWhiteSpace(text),
            MaxCharacters = facts.MaxCharacters + text.Length,
            MaxBytes = facts.MaxBytes + bytes,
            MaxLaidOutBytes = facts.MaxLaidOutBytes + bytes + TextLayout.ExtraBytes(text),
        };
        if (html is null)
        {
            if (part == TemplatePart.Subject)
                return;
            facts = facts with { Edge = LinkEdges.After(facts.Edge, text, out var touches) };
            if (touches)
                SayTouched(offset);
            return;
        }

        var state = facts.Html;
        var inText = state.Mode == HtmlMode.Text;
        html.Text(text, offset, ref state);
        facts = facts with { Html = state, HasLink = facts.HasLink || state.ShowsLink, Edge = EdgeInHtml(text, offset, inText, state) };
    }

    // A tag of the markup stands apart from the link; what an attribute holds is no text.
    private LinkEdge EdgeInHtml(ReadOnlySpan<char> text, int offset, bool inText, in HtmlState state)
    {
        if (inText)
        {
            var first = text.IndexOf('<');
            LinkEdges.After(facts.Edge, first < 0 ? text : text[..first], out var touches);
            if (touches)
                SayTouched(offset);
            if (first < 0)
                return LinkEdges.After(facts.Edge, text, out _);
        }

        if (state.Mode != HtmlMode.Text)
            return LinkEdge.Open;
        return LinkEdges.After(LinkEdge.Open, text[(text.LastIndexOf('>') + 1)..], out _);
    }

    private void SayTouched(int offset)
    {
        if (saidTouched)
            return;
        saidTouched = true;
        Report(offset, TemplateProblemKind.LinkTouched);
    }

    private string WordAt(int offset)
    {
        var rest = source.AsSpan(Math.Clamp(offset, 0, source.Length));
        var end = rest.IndexOfAny(EndOfWord);
        return (end < 0 ? rest : rest[..end]).ToString();
    }

    private void Report(int offset, TemplateProblemKind kind, params ReadOnlySpan<object?> details) =>
        problems.Add(part, source, Math.Clamp(offset, 0, source.Length), kind, details);
}
