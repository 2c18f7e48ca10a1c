using System.Collections.Immutable;
using System.Globalization;
using Scriban.Syntax;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// Reads an expression of Scriban's tree: allows what is pure and bounded, says what is not, and makes a plan of what is simple; the rest Scriban
/// evaluates. The gate has bounded its depth before.
/// </summary>
internal sealed class ExpressionReader(TemplatePart part, string source, TemplateNames names, ProblemCollector problems)
{
    private const int MostLocals = 32;
    private const int MostSize = 1000;
    private const int MostShift = 100_000;
    private const long CallCost = 256;

    private readonly List<(string Name, ExpressionFacts Facts)> locals = [];

    /// <summary>The characters made so far.</summary>
    public long Made { get; private set; }

    /// <summary>The local names that have a value here, one bit each.</summary>
    public ulong Assigned { get; set; }

    /// <summary>Whether Scriban evaluates something.</summary>
    public bool IsEvaluated { get; private set; }

    /// <summary>Reads an expression; the plan is of use only when no error was reported.</summary>
    public PlanExpression Read(ScriptExpression expression, out ExpressionFacts facts)
    {
        facts = FactsOf(expression);
        if (Plan(expression) is { } plan)
            return plan;
        IsEvaluated = true;
        return new PlanExpression.Evaluated(expression);
    }

    /// <summary>Reads <c>name = value</c>.</summary>
    public void Assign(ScriptAssignExpression assignment)
    {
        IsEvaluated = true;
        var value = FactsOf(assignment.Value!);
        if (assignment.EqualToken.TokenType != Scriban.Parsing.TokenType.Equal || assignment.Target is not ScriptVariableGlobal target
            || names.IsNamespace(target.Name) || target.Name is "this" or "empty" or "blank")
        {
            Refuse(assignment, TemplateProblemKind.GivenName);
            return;
        }

        if (value.IsSecret)
            Refuse(assignment, TemplateProblemKind.SecretUsed);
        var place = locals.FindIndex(local => local.Name == target.Name);
        if (place < 0 && locals.Count == MostLocals)
        {
            Refuse(assignment, TemplateProblemKind.TooDeep, MostLocals);
            return;
        }

        if (place < 0)
        {
            place = locals.Count;
            locals.Add((target.Name, value));
        }
        else
        {
            var known = locals[place].Facts;
            if (known.Type != value.Type && known.Type is not null && value.Type is not null)
                Refuse(assignment, TemplateProblemKind.TypeMismatch);
            locals[place] = (target.Name, known.Or(value));
        }

        Assigned |= 1UL << place;
    }

    private PlanExpression? Plan(ScriptExpression expression) => expression switch
    {
        ScriptNestedExpression { Expression: { } inner } => Plan(inner),
        ScriptLiteral { Value: null or string or bool } literal => new PlanExpression.Literal(literal.Value),
        ScriptMemberExpression member when NameOf(member) is { } name && names.IndexOf(name) is >= 0 and var place
            && names.All[place].Kind != TemplatePlaceholderKind.Moment => new PlanExpression.Name(place),
        ScriptUnaryExpression { Operator: ScriptUnaryOperator.Not, Right: { } right } => Plan(right) is { } operand ? new PlanExpression.Not(operand) : null,
        ScriptBinaryExpression { Left: { } left, Right: { } right } binary => Plan(binary.Operator, left, right),
        _ => null,
    };

    private PlanExpression? Plan(ScriptBinaryOperator sign, ScriptExpression left, ScriptExpression right)
    {
        if (sign is not (ScriptBinaryOperator.EmptyCoalescing or ScriptBinaryOperator.CompareEqual or ScriptBinaryOperator.CompareNotEqual
            or ScriptBinaryOperator.And or ScriptBinaryOperator.Or))
        {
            return null;
        }

        if (Plan(left) is not { } first || Plan(right) is not { } second)
            return null;
        return sign switch
        {
            ScriptBinaryOperator.EmptyCoalescing => new PlanExpression.Coalesce(first, second),
            ScriptBinaryOperator.CompareEqual => new PlanExpression.Equality(first, second, isNegated: false),
            ScriptBinaryOperator.CompareNotEqual => new PlanExpression.Equality(first, second, isNegated: true),
            _ => new PlanExpression.Logic(first, second, sign == ScriptBinaryOperator.And),
        };
    }

    private ExpressionFacts FactsOf(ScriptExpression expression) => expression switch
    {
        ScriptNestedExpression { Expression: { } inner } => FactsOf(inner),
        ScriptLiteral literal => OfLiteral(literal),
        ScriptMemberExpression or ScriptVariable => OfName(expression),
        ScriptUnaryExpression { Right: { } } unary => OfUnary(unary),
        ScriptBinaryExpression { Left: { }, Right: { } } binary => OfBinary(binary),
        ScriptConditionalExpression { Condition: { }, ThenValue: { }, ElseValue: { } } choice => OfChoice(choice),
        ScriptInterpolatedStringExpression interpolated => OfInterpolated(interpolated),
        ScriptPipeCall { From: { }, To: { } } pipe => OfPipe(FactsOf(pipe.From), pipe.To),
        ScriptFunctionCall call => OfCall(call, null),
        _ => Refuse(expression, TemplateProblemKind.NotAllowed, Shorten(TextOf(expression))),
    };

    private ExpressionFacts OfLiteral(ScriptLiteral literal)
    {
        switch (literal.Value)
        {
            case null:
                return new(TemplateType.Missing, 0, true, true);
            case bool:
                return ExpressionFacts.Truth;
            case string text:
                problems.CheckCharacters(part, source, text, OffsetOf(literal));
                return new(TemplateType.Text, text.Length, false, string.IsNullOrWhiteSpace(text), Constant: text);
            default:
                var number = Convert.ToString(literal.Value, CultureInfo.InvariantCulture)!;
                return number.Length > ExpressionFacts.LongestNumber
                    ? Refuse(literal, TemplateProblemKind.ExpressionTooLarge)
                    : new(TemplateType.Number, Math.Max(number.Length, literal.Value is int or long ? 1 : ExpressionFacts.LongestNumber), false, false, Constant: literal.Value);
        }
    }

    private ExpressionFacts OfName(ScriptExpression expression)
    {
        if (NameOf(expression) is not { } name)
            return Refuse(expression, TemplateProblemKind.NotAllowed, Shorten(TextOf(expression)));
        if (names.IndexOf(name) is >= 0 and var place)
        {
            var placeholder = names.All[place];
            return new(
                placeholder.Kind switch
                {
                    TemplatePlaceholderKind.Boolean => TemplateType.Boolean,
                    TemplatePlaceholderKind.Moment => TemplateType.Moment,
                    _ => TemplateType.Text,
                },
                // A blank value counts as none where the message is written.
                part == TemplatePart.Subject ? placeholder.MaxLength : placeholder.MaxUnits, placeholder.IsOptional, CanBeBlank: false, 1UL << place, IsMade: false);
        }

        var local = locals.FindIndex(each => each.Name == name);
        if (local >= 0 && (Assigned & (1UL << local)) != 0)
            return locals[local].Facts with { Constant = null };
        if (TemplateFunctions.Find(name) is not null)
            return Refuse(expression, TemplateProblemKind.Arguments, name, ExampleOf(name));
        return RefuseName(expression, name);
    }

    private ExpressionFacts OfUnary(ScriptUnaryExpression unary)
    {
        var operand = FactsOf(unary.Right!);
        return unary.Operator switch
        {
            ScriptUnaryOperator.Not => ExpressionFacts.Truth,
            ScriptUnaryOperator.Negate or ScriptUnaryOperator.Plus when operand.Type is TemplateType.Number or null =>
                Make(unary, operand with
                {
                    MaxLength = operand.MaxLength + 1,
                    Constant = operand.Constant is int number ? (unary.Operator == ScriptUnaryOperator.Negate ? -number : number) : null,
                }),
            _ => Refuse(unary, TemplateProblemKind.TypeMismatch),
        };
    }

    private ExpressionFacts OfBinary(ScriptBinaryExpression binary)
    {
        var left = FactsOf(binary.Left!);
        var right = FactsOf(binary.Right!);
        if (left.Type is null || right.Type is null)
            return ExpressionFacts.Mistaken;
        var alike = left.Type == right.Type || left.Type == TemplateType.Missing || right.Type == TemplateType.Missing;
        switch (binary.Operator)
        {
            case ScriptBinaryOperator.And or ScriptBinaryOperator.Or:
                return ExpressionFacts.Truth;
            case ScriptBinaryOperator.EmptyCoalescing when alike:
                return left.CanBeNull ? left.Or(right) with { CanBeNull = right.CanBeNull, CanBeBlank = left.CanBeBlank || right.CanBeBlank } : left;
            case ScriptBinaryOperator.CompareEqual or ScriptBinaryOperator.CompareNotEqual when alike && left.Type != TemplateType.List:
                return ExpressionFacts.Truth;
            case ScriptBinaryOperator.CompareLess or ScriptBinaryOperator.CompareLessOrEqual or ScriptBinaryOperator.CompareGreater
                or ScriptBinaryOperator.CompareGreaterOrEqual when left.Type == right.Type && left.Type is TemplateType.Number or TemplateType.Moment
                && !left.CanBeNull && !right.CanBeNull:
                return ExpressionFacts.Truth;
            case ScriptBinaryOperator.Add when IsJoin(left, right):
                if (left.IsSecret || right.IsSecret)
                    return Refuse(binary, TemplateProblemKind.SecretUsed);
                return Make(binary, ExpressionFacts.OfText(left.MaxLength + right.MaxLength, canBeNull: left.CanBeNull && right.CanBeNull, left.MayShowNothing && right.MayShowNothing));
            case ScriptBinaryOperator.Add or ScriptBinaryOperator.Subtract or ScriptBinaryOperator.Multiply when AreNumbers(left, right):
                return Make(binary, new(TemplateType.Number, left.MaxLength + right.MaxLength + 1, false, false));
            case ScriptBinaryOperator.Divide or ScriptBinaryOperator.DivideRound or ScriptBinaryOperator.Modulus when AreNumbers(left, right):
                return IsDivisor(right)
                    ? Make(binary, new(TemplateType.Number, Math.Max(left.MaxLength + right.MaxLength, ExpressionFacts.LongestNumber), false, false))
                    : Refuse(binary, TemplateProblemKind.Divisor);
            case ScriptBinaryOperator.EmptyCoalescing or ScriptBinaryOperator.CompareEqual or ScriptBinaryOperator.CompareNotEqual
                or ScriptBinaryOperator.Add or ScriptBinaryOperator.Subtract or ScriptBinaryOperator.Multiply or ScriptBinaryOperator.Divide
                or ScriptBinaryOperator.CompareLess or ScriptBinaryOperator.CompareLessOrEqual or ScriptBinaryOperator.CompareGreater
                or ScriptBinaryOperator.CompareGreaterOrEqual or ScriptBinaryOperator.DivideRound or ScriptBinaryOperator.Modulus:
                return Refuse(binary, TemplateProblemKind.TypeMismatch);
            default:
                return Refuse(binary, TemplateProblemKind.NotAllowed, Shorten(TextOf(binary)));
        }
    }

    private ExpressionFacts OfChoice(ScriptConditionalExpression choice)
    {
        FactsOf(choice.Condition!);
        var first = FactsOf(choice.ThenValue!);
        var second = FactsOf(choice.ElseValue!);
        if (first.Type is not null && second.Type is not null && first.Type != second.Type
            && first.Type != TemplateType.Missing && second.Type != TemplateType.Missing)
        {
            return Refuse(choice, TemplateProblemKind.TypeMismatch);
        }

        return first.Or(second) with { Constant = null };
    }

    private ExpressionFacts OfInterpolated(ScriptInterpolatedStringExpression interpolated)
    {
        var length = 0L;
        var blank = true;
        foreach (var piece in interpolated.Parts)
        {
            var facts = FactsOf(piece is ScriptInterpolatedExpression { Expression: { } inner } ? inner : piece);
            if (facts.IsSecret)
                return Refuse(piece, TemplateProblemKind.SecretUsed);
            // It prints truth values and moments in a way of its own, in no language.
            if (facts.Type is not (TemplateType.Text or TemplateType.Number or TemplateType.Missing or null))
                return Refuse(piece, TemplateProblemKind.TypeMismatch);
            length += facts.MaxLength;
            blank &= facts.MayShowNothing;
        }

        return Make(interpolated, ExpressionFacts.OfText(length, canBeNull: false, blank));
    }

    private ExpressionFacts OfPipe(ExpressionFacts piped, ScriptExpression target) => target switch
    {
        ScriptPipeCall { From: { } from, To: { } to } => OfPipe(OfPipe(piped, from), to),
        ScriptFunctionCall call => OfCall(call, piped),
        ScriptMemberExpression member => OfCall(member, member, [], piped),
        _ => Refuse(target, TemplateProblemKind.NoFunction, Shorten(TextOf(target))),
    };

    private ExpressionFacts OfCall(ScriptFunctionCall call, ExpressionFacts? piped) => OfCall(call, call.Target!, [.. call.Arguments], piped);

    private ExpressionFacts OfCall(ScriptExpression at, ScriptExpression target, ImmutableArray<ScriptExpression> written, ExpressionFacts? piped)
    {
        if (NameOf(target) is not { } name)
            return Refuse(target, TemplateProblemKind.NoFunction, Shorten(TextOf(target)));
        if (TemplateFunctions.Find(name) is not { } function)
            return name.Contains('.') && IsGivenOrLocal(name) ? Refuse(target, TemplateProblemKind.NoFunction, Shorten(name)) : RefuseFunction(target, name);
        var arguments = new List<ExpressionFacts>();
        if (piped is { } first)
            arguments.Add(first);
        foreach (var argument in written)
        {
            if (argument is ScriptNamedArgument)
                return Refuse(argument, TemplateProblemKind.Arguments, name, function.Example);
            arguments.Add(FactsOf(argument));
        }

        if (arguments.Exists(argument => argument.Type is null))
            return ExpressionFacts.Mistaken;
        if (arguments.Exists(argument => argument.IsSecret))
            return Refuse(at, TemplateProblemKind.SecretUsed);
        if (!Takes(function, arguments))
            return Refuse(at, TemplateProblemKind.Arguments, name, function.Example);
        ExpressionFacts[] given = [.. arguments];
        return Make(at, new(
            function.Result, function.Length(given),
            function.Result is TemplateType.Text or TemplateType.List or TemplateType.Moment ? CanGiveNull(function, given) : name is "string.to_int" or "string.to_double",
            function.Result == TemplateType.Text && (name is not ("string.upcase" or "string.downcase" or "string.capitalize" or "string.append" or "string.prepend") || given.All(each => each.MayShowNothing))));
    }

    private static bool CanGiveNull(TemplateFunction function, ExpressionFacts[] given) =>
        given.Any(each => each.CanBeNull) || function.Name is "array.first" or "array.last";

    private bool IsGivenOrLocal(string name) => names.IndexOf(name) >= 0 || locals.Exists(local => local.Name == name);

    private static bool Takes(TemplateFunction function, List<ExpressionFacts> arguments)
    {
        if (arguments.Count > function.Parameters.Length)
            return false;
        for (var place = 0; place < function.Parameters.Length; place++)
        {
            var parameter = function.Parameters[place];
            if (place >= arguments.Count)
            {
                if (!parameter.EndsWith('?'))
                    return false;
            }
            else if (!Fits(parameter.TrimEnd('?'), arguments[place]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(string parameter, ExpressionFacts fact) => parameter switch
    {
        "text" => fact.Type is TemplateType.Text or TemplateType.Missing,
        "TEXT" => fact.Type == TemplateType.Text && !fact.CanBeNull,
        "literal" => fact.Constant is string { Length: > 0 and <= MostSize },
        "pattern" => fact.Constant is string { Length: > 0 and <= 64 } pattern && IsPattern(pattern),
        "culture" => fact.Constant is string tag && LanguageTag.IsWellFormed(tag),
        "number" => fact.Type == TemplateType.Number && !fact.CanBeNull,
        "divisor" => IsDivisor(fact),
        "digits" => fact.Constant is int and >= 0 and <= 15,
        "size" => fact.Constant is int and >= 0 and <= MostSize,
        "shift" => fact.Constant is int and >= -MostShift and <= MostShift,
        "list" => fact.Type == TemplateType.List && !fact.CanBeNull,
        _ => fact.Type == TemplateType.Moment && !fact.CanBeNull,
    };

    private static bool IsDivisor(ExpressionFacts fact) => fact.Constant is int and not 0 or long and not 0 or double and not 0;

    // What begins a line, and what would be told of this machine's zone rather than the customer's.
    private static bool IsPattern(string pattern) =>
        !pattern.Contains("%n", StringComparison.Ordinal) && !pattern.Contains("%t", StringComparison.Ordinal)
        && !pattern.Contains("%Z", StringComparison.Ordinal) && !pattern.Contains("%s", StringComparison.Ordinal);

    private static bool IsJoin(in ExpressionFacts left, in ExpressionFacts right) =>
        (left.Type == TemplateType.Text || right.Type == TemplateType.Text) && IsPrinted(left.Type) && IsPrinted(right.Type);

    private static bool IsPrinted(TemplateType? type) => type is TemplateType.Text or TemplateType.Number or TemplateType.Missing;

    private static bool AreNumbers(in ExpressionFacts left, in ExpressionFacts right) =>
        left.Type == TemplateType.Number && right.Type == TemplateType.Number && !left.CanBeNull && !right.CanBeNull;

    /// <summary>Counts what is made.</summary>
    private ExpressionFacts Make(ScriptNode at, ExpressionFacts facts)
    {
        Made += facts.MaxLength + CallCost;
        if (facts.MaxLength <= TemplateRun.MostCharacters && Made <= 4 * TemplateRun.MostCharacters && (facts.Type != TemplateType.Number || facts.MaxLength <= MostSize))
            return facts with { IsMade = true };
        return Refuse(at, TemplateProblemKind.ExpressionTooLarge);
    }

    private ExpressionFacts RefuseName(ScriptExpression at, string name)
    {
        var hint = PlaceholderSpelling.Nearest(name, names) is { } nearest ? problems.Say("did-you-mean", nearest) : problems.Say("see-the-list");
        return Refuse(at, TemplateProblemKind.UnknownName, Shorten(name), hint);
    }

    private ExpressionFacts RefuseFunction(ScriptExpression at, string name)
    {
        var nearest = TemplateFunctions.All.FirstOrDefault(function => function.Name.EndsWith("." + name, StringComparison.OrdinalIgnoreCase)
            || function.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var hint = nearest is null ? problems.Say("see-the-functions") : problems.Say("did-you-mean", nearest.Name);
        return Refuse(at, TemplateProblemKind.UnknownFunction, Shorten(name), hint);
    }

    private static string ExampleOf(string name) => TemplateFunctions.Find(name)!.Example;

    private static string? NameOf(ScriptExpression? expression) => expression switch
    {
        ScriptVariableGlobal variable => variable.Name,
        ScriptMemberExpression { Target: ScriptVariableGlobal owner, Member: { } member, DotToken.TokenType: Scriban.Parsing.TokenType.Dot } =>
            $"{owner.Name}.{member.Name}",
        _ => null,
    };

    private string TextOf(ScriptNode node)
    {
        var start = OffsetOf(node);
        var end = Math.Clamp(node.Span.End.Offset + 1, start, source.Length);
        return source[start..end];
    }

    private static string Shorten(string word) => ProblemCollector.Shorten(word);

    private int OffsetOf(ScriptNode node) => Math.Clamp(node.Span.Start.Offset, 0, source.Length);

    private ExpressionFacts Refuse(ScriptNode at, TemplateProblemKind kind, params ReadOnlySpan<object?> details)
    {
        problems.Add(part, source, OffsetOf(at), kind, details);
        return ExpressionFacts.Mistaken;
    }
}
