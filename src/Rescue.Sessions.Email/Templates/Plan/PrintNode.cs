using System.Text;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Prints an expression, encoded for the place it stands in.</summary>
internal sealed class PrintNode(PlanExpression expression, TemplateEncoding encoding, byte[] indent, long most) : PlanNode
{
    public override void Write(TemplateRun run, ref TemplateOutput output)
    {
        var text = run.TextOf(expression.Evaluate(run), most);
        output.Indent = indent;
        output.Write(text, encoding);
    }
}
