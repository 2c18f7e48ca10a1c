namespace Rescue.Sessions.Email.Templates;

/// <summary>Whether the value of a <c>case</c> is one of those of a <c>when</c>, as Scriban compares.</summary>
internal sealed class CaseExpression(PlanExpression value, PlanExpression[] candidates) : PlanExpression
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
