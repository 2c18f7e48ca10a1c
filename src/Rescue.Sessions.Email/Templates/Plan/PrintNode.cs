namespace Rescue.Sessions.Email.Templates;

/// <summary>Prints an expression, encoded for the place it stands in.</summary>
internal sealed class PrintNode(PlanExpression expression, TemplateEncoding encoding, string indent, long most) : PlanNode
{
    public override void Write(TemplateRun run, ref TemplateOutput output) => output.Write(run.TextOf(expression.Evaluate(run), most), encoding, indent);
}
