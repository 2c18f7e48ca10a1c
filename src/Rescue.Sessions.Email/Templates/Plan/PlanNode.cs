using System.Text;
using Scriban.Syntax;

namespace Rescue.Sessions.Email.Templates;

/// <summary>A step of a template that is ready to run.</summary>
internal abstract class PlanNode
{
    public abstract void Write(TemplateRun run, ref TemplateOutput output);

    public static void Write(PlanNode[] nodes, TemplateRun run, ref TemplateOutput output)
    {
        foreach (var node in nodes) node.Write(run, ref output);
    }
}

/// <summary>Prints text of the template.</summary>
internal sealed class TextNode(ReadOnlySpan<char> text, byte[] indent) : PlanNode
{
    private readonly byte[] text = Utf8(text);

    public override void Write(TemplateRun run, ref TemplateOutput output)
    {
        output.Indent = indent;
        output.Write(text);
    }

    private static byte[] Utf8(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}

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

/// <summary>Runs the first branch whose condition holds.</summary>
internal sealed class BranchNode((PlanExpression? Condition, PlanNode[] Body)[] branches) : PlanNode
{
    public override void Write(TemplateRun run, ref TemplateOutput output)
    {
        foreach (var (condition, body) in branches)
        {
            if (condition is not null && !condition.IsTrue(run)) continue;
            Write(body, run, ref output);
            return;
        }
    }
}

/// <summary>Gives a local name its value.</summary>
internal sealed class AssignNode(ScriptExpression assignment) : PlanNode
{
    public override void Write(TemplateRun run, ref TemplateOutput output) => run.Evaluate(assignment);
}
