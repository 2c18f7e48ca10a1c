namespace Rescue.Sessions.Email.Templates;

/// <summary>Whether two are the same.</summary>
internal sealed class EqualExpression(PlanExpression left, PlanExpression right, bool isNegated) : PlanExpression
{
    public override object? Evaluate(TemplateRun run) => Equals(left.Evaluate(run), right.Evaluate(run)) != isNegated ? True : False;
}
