using Scriban.Syntax;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// An expression ready to run, one of those below. Its value is a text, a truth value, null or, where Scriban evaluates it, any plain value.
/// </summary>
internal abstract class PlanExpression
{
    private static readonly object True = true;
    private static readonly object False = false;

    private PlanExpression()
    {
    }

    public abstract object? Evaluate(TemplateRun run);

    /// <summary>Only a missing value and <c>false</c> count as false.</summary>
    public bool IsTrue(TemplateRun run) => Evaluate(run) switch
    {
        null => false,
        bool truth => truth,
        _ => true,
    };

    /// <summary>A text or truth value written in the template.</summary>
    public sealed class Literal(object? value) : PlanExpression
    {
        public object? Value { get; } = value;

        public override object? Evaluate(TemplateRun run) => Value;
    }

    /// <summary>A name.</summary>
    public sealed class Name(int place) : PlanExpression
    {
        public override object? Evaluate(TemplateRun run) => run.Values.ValueAt(place, run.Names);
    }

    /// <summary>Whether something is not so.</summary>
    public sealed class Not(PlanExpression operand) : PlanExpression
    {
        public override object? Evaluate(TemplateRun run) => operand.IsTrue(run) ? False : True;
    }

    /// <summary>Whether both or either of two is so.</summary>
    public sealed class Logic(PlanExpression left, PlanExpression right, bool isBoth) : PlanExpression
    {
        public override object? Evaluate(TemplateRun run) =>
            (isBoth ? left.IsTrue(run) && right.IsTrue(run) : left.IsTrue(run) || right.IsTrue(run)) ? True : False;
    }

    /// <summary>Whether two are the same.</summary>
    public sealed class Equality(PlanExpression left, PlanExpression right, bool isNegated) : PlanExpression
    {
        public override object? Evaluate(TemplateRun run) => Equals(left.Evaluate(run), right.Evaluate(run)) != isNegated ? True : False;
    }

    /// <summary>The first of two that there is.</summary>
    public sealed class Coalesce(PlanExpression left, PlanExpression right) : PlanExpression
    {
        public override object? Evaluate(TemplateRun run) => left.Evaluate(run) ?? right.Evaluate(run);
    }

    /// <summary>Whether the value of a <c>case</c> is one of those of a <c>when</c>, as Scriban compares.</summary>
    public sealed class When(PlanExpression value, PlanExpression[] candidates) : PlanExpression
    {
        public override object? Evaluate(TemplateRun run)
        {
            var given = value.Evaluate(run);
            foreach (var candidate in candidates)
            {
                if (run.AreEqual(given, candidate.Evaluate(run)))
                    return True;
            }

            return False;
        }
    }

    /// <summary>What Scriban evaluates.</summary>
    public sealed class Evaluated(ScriptExpression expression) : PlanExpression
    {
        public override object? Evaluate(TemplateRun run) => run.Evaluate(expression);
    }
}
