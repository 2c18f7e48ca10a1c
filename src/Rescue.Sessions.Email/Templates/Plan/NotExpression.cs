namespace Rescue.Sessions.Email.Templates;

/// <summary>Whether something is not so.</summary>
internal sealed class NotExpression(PlanExpression operand) : PlanExpression
{
    public override object? Evaluate(TemplateRun run) => operand.IsTrue(run) ? False : True;
}
