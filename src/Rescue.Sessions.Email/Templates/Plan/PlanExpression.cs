namespace Rescue.Sessions.Email.Templates;

/// <summary>An expression ready to run. Its value is a text, a truth value, null or, where Scriban evaluates it, any plain value.</summary>
internal abstract class PlanExpression
{
    protected static readonly object True = true;
    protected static readonly object False = false;

    public abstract object? Evaluate(TemplateRun run);

    /// <summary>Only a missing value and <c>false</c> count as false.</summary>
    public bool IsTrue(TemplateRun run) => Evaluate(run) switch
    {
        null => false,
        bool truth => truth,
        _ => true,
    };
}

/// <summary>A text or truth value written in the template.</summary>
internal sealed class LiteralExpression(object? value) : PlanExpression
{
    public object? Value { get; } = value;

    public override object? Evaluate(TemplateRun run) => Value;
}

/// <summary>A name.</summary>
internal sealed class NameExpression(int place) : PlanExpression
{
    public override object? Evaluate(TemplateRun run) => run.Values.ValueAt(place, run.Names);
}

/// <summary>The first of two that there is.</summary>
internal sealed class CoalesceExpression(PlanExpression left, PlanExpression right) : PlanExpression
{
    public override object? Evaluate(TemplateRun run) => left.Evaluate(run) ?? right.Evaluate(run);
}

/// <summary>Whether two are the same.</summary>
internal sealed class EqualExpression(PlanExpression left, PlanExpression right, bool isNegated) : PlanExpression
{
    public override object? Evaluate(TemplateRun run) => Equals(left.Evaluate(run), right.Evaluate(run)) != isNegated ? True : False;
}

/// <summary>Whether something is not so.</summary>
internal sealed class NotExpression(PlanExpression operand) : PlanExpression
{
    public override object? Evaluate(TemplateRun run) => operand.IsTrue(run) ? False : True;
}

/// <summary>Whether both or either of two is so.</summary>
internal sealed class LogicExpression(PlanExpression left, PlanExpression right, bool isBoth) : PlanExpression
{
    public override object? Evaluate(TemplateRun run) =>
        (isBoth ? left.IsTrue(run) && right.IsTrue(run) : left.IsTrue(run) || right.IsTrue(run)) ? True : False;
}
