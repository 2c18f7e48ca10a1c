namespace Rescue.Sessions.Email.Templates;

/// <summary>Whether both or either of two is so.</summary>
internal sealed class LogicExpression(PlanExpression left, PlanExpression right, bool isBoth) : PlanExpression
{
    public override object? Evaluate(TemplateRun run) =>
        (isBoth ? left.IsTrue(run) && right.IsTrue(run) : left.IsTrue(run) || right.IsTrue(run)) ? True : False;
}
