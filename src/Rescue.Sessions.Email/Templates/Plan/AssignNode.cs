using Scriban.Syntax;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Gives a local name its value.</summary>
internal sealed class AssignNode(ScriptExpression assignment) : PlanNode
{
    public override void Write(TemplateRun run, ref TemplateOutput output) => run.Evaluate(assignment);
}
