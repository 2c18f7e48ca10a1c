using Scriban.Parsing;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// Turns away, by Scriban's own lexer, what would cost its parser or a walk through its tree too much, and says what is not closed. Iterative, and
/// linear in the source.
/// </summary>
internal sealed class TemplateGate(TemplatePart part, string source, ProblemCollector problems)
{
    /// <summary>The deepest nesting of blocks and of parentheses.</summary>
    public const int MaxDepth = 16;

    /// <summary>The most branches of a block.</summary>
    public const int MaxBranches = 64;

    /// <summary>The most words and signs of a statement.</summary>
    public const int MaxTokens = 256;

    /// <summary>The most pieces of a part: words and signs in braces, the braces, and the texts between them. They bound what a parse costs.</summary>
    public const int MaxPieces = 8192;

    /// <summary>The longest number as written: a longer one, or one with an exponent, can take the parser minutes.</summary>
    private const int LongestNumber = 18;

    private readonly Stack<(int Offset, int Branches, bool SawElse)> blocks = new();
    private int tag = -1;
    private int parentheses;
    private int tokens;
    private int pieces;
    private bool begins;
    private bool afterElse;

    /// <summary>Where a comment first contains the link; -1 if nowhere.</summary>
    public int LinkCommentOffset { get; private set; } = -1;

    /// <summary>How many blocks have no end. Everything else in them is looked at all the same.</summary>
    public int UnclosedBlocks => blocks.Count;

    /// <summary>Whether the source may be parsed.</summary>
    public bool Pass()
    {
        var before = problems.Count;
        var lexer = new Lexer(source);
        foreach (var token in lexer)
        {
            if (problems.IsFull)
                return false;
            if (++pieces > MaxPieces)
            {
                Report(token.Start.Offset, TemplateProblemKind.TooManyPieces, MaxPieces);
                return false;
            }

            Look(token);
        }

        foreach (var error in lexer.Errors)
            Report(error.Span.Start.Offset, KindOf(error.Message), error.Message);
        if (problems.Count == before && tag >= 0)
            Report(tag, TemplateProblemKind.UnclosedTag);
        var canBeParsed = problems.Count == before;
        foreach (var block in blocks.Reverse())
            Report(block.Offset, TemplateProblemKind.UnclosedBlock);
        return canBeParsed;
    }

    private void Look(Token token)
    {
        switch (token.Type)
        {
            case TokenType.CodeEnter:
                tag = token.Start.Offset;
                Begin();
                break;
            case TokenType.CodeExit:
                if (parentheses > 0)
                    Report(token.Start.Offset, TemplateProblemKind.UnclosedParenthesis);
                parentheses = 0;
                tag = -1;
                break;
            case TokenType.NewLine or TokenType.SemiColon:
                Begin();
                break;
            case TokenType.Comment or TokenType.CommentMulti:
                LookAtComment(token);
                break;
            case TokenType.Integer or TokenType.HexaInteger or TokenType.BinaryInteger or TokenType.Float:
                if (IsCostly(token))
                    Report(token.Start.Offset, TemplateProblemKind.NumberTooLarge);
                goto default;
            case TokenType.OpenParen or TokenType.OpenBracket or TokenType.OpenInterpolatedBrace:
                if (++parentheses > MaxDepth)
                    Report(token.Start.Offset, TemplateProblemKind.TooDeep, MaxDepth);
                Count(token);
                break;
            case TokenType.OpenBrace:
                if (tag >= 0)
                    Report(tag, TemplateProblemKind.UnclosedTag);
                break;
            case TokenType.CloseParen or TokenType.CloseBracket or TokenType.CloseInterpolatedBrace:
                parentheses = Math.Max(0, parentheses - 1);
                break;
            case TokenType.Identifier when begins || afterElse:
                LookAtKeyword(token);
                Count(token);
                begins = false;
                break;
            case TokenType.Raw or TokenType.Escape or TokenType.EscapeEnter or TokenType.EscapeExit or TokenType.Whitespace or TokenType.WhitespaceFull or TokenType.Eof:
                break;
            default:
                begins = false;
                afterElse = false;
                Count(token);
                break;
        }
    }

    // Scriban lets the braces close such a comment; what its author meant to hide would be mailed.
    private void LookAtComment(Token token)
    {
        var text = Text(token);
        if (LinkCommentOffset < 0 && tag >= 0 && text.Contains("link.url", StringComparison.Ordinal))
            LinkCommentOffset = tag;
        if (token.Type == TokenType.CommentMulti && (text.Length < 4 || !text.EndsWith("##", StringComparison.Ordinal)))
            Report(tag < 0 ? token.Start.Offset : tag, TemplateProblemKind.UnclosedComment);
    }

    private bool IsCostly(Token token) =>
        Text(token) is var text && (text.Length > LongestNumber || (token.Type != TokenType.HexaInteger && text.IndexOfAny('e', 'E') >= 0));

    private void Begin()
    {
        begins = true;
        afterElse = false;
        tokens = 0;
    }

    private void Count(Token token)
    {
        if (tag >= 0 && ++tokens == MaxTokens)
            Report(token.Start.Offset, TemplateProblemKind.ExpressionTooLarge);
    }

    private void LookAtKeyword(Token token)
    {
        var word = Text(token);
        var isElseIf = afterElse && word is "if";
        afterElse = false;
        if (isElseIf)
            return;
        if (word is "if" or "case" or "for" or "while" or "func" or "capture" or "with" or "wrap" or "tablerow")
        {
            blocks.Push((tag >= 0 ? tag : token.Start.Offset, 0, false));
            if (blocks.Count == MaxDepth + 1)
                Report(blocks.Peek().Offset, TemplateProblemKind.TooDeep, MaxDepth);
        }
        else if (word is "end")
        {
            if (!blocks.TryPop(out _))
                Report(token.Start.Offset, TemplateProblemKind.StrayEnd);
        }
        else if (word is "else" or "when")
        {
            LookAtBranch(token, word is "else");
        }
    }

    private void LookAtBranch(Token token, bool isElse)
    {
        afterElse = isElse;
        if (!blocks.TryPop(out var block))
        {
            Report(token.Start.Offset, TemplateProblemKind.StrayElse);
            return;
        }

        if (block.SawElse)
            Report(token.Start.Offset, TemplateProblemKind.ElseAfterElse);
        if (block.Branches == MaxBranches)
            Report(token.Start.Offset, TemplateProblemKind.TooDeep, MaxBranches);
        blocks.Push(block with { Branches = block.Branches + 1, SawElse = isElse && !IsElseIf(token) });
    }

    private bool IsElseIf(Token token)
    {
        var rest = source.AsSpan(Math.Min(source.Length, token.End.Offset + 1)).TrimStart(" \t");
        return rest.StartsWith("if", StringComparison.Ordinal) && (rest.Length == 2 || !char.IsLetterOrDigit(rest[2]));
    }

    private static TemplateProblemKind KindOf(string message) => message switch
    {
        _ when message.Contains("escape character", StringComparison.Ordinal) => TemplateProblemKind.BadEscape,
        _ when message.Contains("string", StringComparison.Ordinal) => TemplateProblemKind.UnclosedText,
        _ when message.Contains("comment", StringComparison.OrdinalIgnoreCase) => TemplateProblemKind.UnclosedComment,
        _ => TemplateProblemKind.Syntax,
    };

    private ReadOnlySpan<char> Text(Token token) =>
        token.Start.Offset < 0 ? default : source.AsSpan(token.Start.Offset, Math.Max(0, Math.Min(source.Length - 1, token.End.Offset) - token.Start.Offset + 1));

    private void Report(int offset, TemplateProblemKind kind, params ReadOnlySpan<object?> details) =>
        problems.Add(part, source, Math.Clamp(offset, 0, source.Length), kind, details);
}
