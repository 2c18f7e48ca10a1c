namespace Rescue.Sessions.Email.Templates;

/// <summary>An expression ready to run. Its value is a text, a truth value, null or, where Scriban evaluates it, any plain value.</summary>
internal abstract class PlanExpression
{
    protected static readonly object True = true;
    protected static readonly object False = false;

    public abstract object? Evaluate(TemplateRun run);

    /// <summary>Only a missing value and <c>false</c> count as false.</summary>
    public bool IsTrue(TemplateRun run) => Evaluate(run) switch
    {
        null => false,
        bool truth => truth,
        _ => true,
    };
}
