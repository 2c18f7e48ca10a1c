namespace Rescue.Sessions.Email.Templates;

/// <summary>A name.</summary>
internal sealed class NameExpression(int place) : PlanExpression
{
    public override object? Evaluate(TemplateRun run) => run.Values.ValueAt(place, run.Names);
}
