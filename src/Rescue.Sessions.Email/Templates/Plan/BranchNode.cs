namespace Rescue.Sessions.Email.Templates;

/// <summary>Runs the first branch whose condition holds.</summary>
internal sealed class BranchNode((PlanExpression? Condition, PlanNode[] Body)[] branches) : PlanNode
{
    public override void Write(TemplateRun run, ref TemplateOutput output)
    {
        foreach (var (condition, body) in branches)
        {
            if (condition is not null && !condition.IsTrue(run))
                continue;
            Write(body, run, ref output);
            return;
        }
    }
}
