using Scriban.Syntax;

namespace Rescue.Sessions.Email.Templates;

/// <summary>An expression that Scriban evaluates.</summary>
internal sealed class EvaluatedExpression(ScriptExpression expression) : PlanExpression
{
    public override object? Evaluate(TemplateRun run) => run.Evaluate(expression);
}
