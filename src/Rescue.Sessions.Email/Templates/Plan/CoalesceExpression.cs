namespace Rescue.Sessions.Email.Templates;

/// <summary>The first of two that there is.</summary>
internal sealed class CoalesceExpression(PlanExpression left, PlanExpression right) : PlanExpression
{
    public override object? Evaluate(TemplateRun run) => left.Evaluate(run) ?? right.Evaluate(run);
}
