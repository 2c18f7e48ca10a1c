namespace Rescue.Sessions.Email.Templates;

/// <summary>A text or truth value written in the template.</summary>
internal sealed class LiteralExpression(object? value) : PlanExpression
{
    public object? Value { get; } = value;

    public override object? Evaluate(TemplateRun run) => Value;
}
