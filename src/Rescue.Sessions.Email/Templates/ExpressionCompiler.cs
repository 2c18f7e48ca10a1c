namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// Compiles an expression to postfix instructions with an explicit operator stack (the shunting-yard algorithm), so that no template
/// can exhaust the call stack. Both sides of an operator are always evaluated: nothing has a side effect.
/// </summary>
internal ref struct ExpressionCompiler(TemplateProgramBuilder program, Span<TemplateToken> operators, Span<ExpressionFacts> operands)
{
    /// <summary>The deepest parentheses allowed.</summary>
    public const int MaxParentheses = 16;

    /// <summary>A parenthesis holds at most one operator of each of four ranks and two negations, and as many operands and one.</summary>
    public const int MaxStack = (MaxParentheses + 1) * 7;

    private readonly Span<TemplateToken> operators = operators;
    private readonly Span<ExpressionFacts> operands = operands;
    private int operatorCount;
    private int operandCount;
    private int parentheses;

    /// <summary>Reads an expression up to the first token that cannot belong to it; false after a mistake that cannot be passed over.</summary>
    public bool TryCompile(ref TemplateReader reader, out ExpressionFacts facts)
    {
        facts = ExpressionFacts.Mistaken;
        while (true)
        {
            if (reader.IsFull || !TryReadOperand(ref reader)) return false;
            while (reader.Current.Kind == TemplateTokenKind.Close && parentheses > 0) CloseParenthesis(ref reader);
            if (Rank(reader.Current.Kind) == 0) break;
            Apply(ref reader, Rank(reader.Current.Kind));
            operators[operatorCount++] = reader.Current;
            reader.Advance();
        }

        if (parentheses > 0)
        {
            if (reader.Current.Kind == TemplateTokenKind.Exit) reader.Report(TemplateProblemKind.UnclosedParenthesis);
            else reader.Refuse();
            return false;
        }

        Apply(ref reader, 1);
        facts = operands[0];
        return true;
    }

    /// <summary>How tightly an operator binds, as in Scriban; 0 for what is no binary operator.</summary>
    private static int Rank(TemplateTokenKind kind) => kind switch
    {
        TemplateTokenKind.Coalesce => 1,
        TemplateTokenKind.Or => 2,
        TemplateTokenKind.And => 3,
        TemplateTokenKind.Equal or TemplateTokenKind.NotEqual => 4,
        _ => 0,
    };

    private bool TryReadOperand(ref TemplateReader reader)
    {
        while (reader.Current.Kind is TemplateTokenKind.Not or TemplateTokenKind.Open)
        {
            if (reader.Current.Kind == TemplateTokenKind.Not) PushNot(reader.Current);
            else if (++parentheses > MaxParentheses)
            {
                reader.Report(TemplateProblemKind.TooDeep, MaxParentheses);
                return false;
            }
            else operators[operatorCount++] = reader.Current;

            reader.Advance();
        }

        if (reader.Current.Kind == TemplateTokenKind.Text) PushLiteral(ref reader);
        else if (reader.Current.Kind == TemplateTokenKind.Name && !IsKeyword(ref reader)) PushName(ref reader);
        else
        {
            reader.Refuse(valueExpected: true);
            return false;
        }

        ApplyNots();
        reader.Advance();
        return true;
    }

    private static bool IsKeyword(ref TemplateReader reader) => reader.IsWord("if") || reader.IsWord("else") || reader.IsWord("end");

    /// <summary>Three negations are one, so two are the most that need keeping.</summary>
    private void PushNot(TemplateToken not)
    {
        if (operatorCount > 1 && operators[operatorCount - 1].Kind == TemplateTokenKind.Not && operators[operatorCount - 2].Kind == TemplateTokenKind.Not)
            operatorCount--;
        else
            operators[operatorCount++] = not;
    }

    private void PushLiteral(ref TemplateReader reader)
    {
        var literal = program.PushLiteral(reader.Word[1..^1]);
        reader.CheckCharacters(literal);
        operands[operandCount++] = ExpressionFacts.OfLiteral(literal.Length);
    }

    private void PushName(ref TemplateReader reader)
    {
        var index = TemplatePlaceholder.IndexOf(reader.Word);
        if (index >= 0)
        {
            program.Add(TemplateOpCode.Push, index);
            operands[operandCount++] = ExpressionFacts.Of(index);
            return;
        }

        reader.ReportUnknownName();
        // Goes on as if it were known, so that other mistakes in the same tag are told too; the program is never used.
        program.Add(TemplateOpCode.Push);
        operands[operandCount++] = ExpressionFacts.Mistaken;
    }

    private void CloseParenthesis(ref TemplateReader reader)
    {
        Apply(ref reader, 1);
        operatorCount--;
        parentheses--;
        ApplyNots();
        reader.Advance();
    }

    private void ApplyNots()
    {
        while (operatorCount > 0 && operators[operatorCount - 1].Kind == TemplateTokenKind.Not)
        {
            operatorCount--;
            program.Add(TemplateOpCode.Not);
            operands[operandCount - 1] = ExpressionFacts.Condition;
        }
    }

    /// <summary>Applies what binds at least as tightly as a rank, back to the innermost open parenthesis.</summary>
    private void Apply(ref TemplateReader reader, int rank)
    {
        while (operatorCount > 0 && Rank(operators[operatorCount - 1].Kind) >= rank)
        {
            var token = operators[--operatorCount];
            var code = token.Kind switch
            {
                TemplateTokenKind.Coalesce => TemplateOpCode.Coalesce,
                TemplateTokenKind.Or => TemplateOpCode.Or,
                TemplateTokenKind.And => TemplateOpCode.And,
                TemplateTokenKind.Equal => TemplateOpCode.Equal,
                _ => TemplateOpCode.NotEqual,
            };
            program.Add(code);
            ref readonly var right = ref operands[--operandCount];
            ref var left = ref operands[operandCount - 1];
            // Scriban compares a yes or no with text by its spelling; to mix them is nearly always a slip.
            if (code is not (TemplateOpCode.And or TemplateOpCode.Or) && left.Kind != right.Kind && left.Kind is not null && right.Kind is not null)
                reader.Report(token, TemplateProblemKind.TypeMismatch);
            left = code == TemplateOpCode.Coalesce ? left.Coalesce(right) : ExpressionFacts.Condition;
        }
    }
}
