using Scriban.Syntax;

namespace Rescue.Sessions.Email.Templates;

/// <summary>A step of a template that is ready to run, one of those below.</summary>
internal abstract class PlanNode
{
    private PlanNode()
    {
    }

    public abstract void Write(TemplateRun run, TextBuffer output);

    public static void Write(PlanNode[] nodes, TemplateRun run, TextBuffer output)
    {
        foreach (var node in nodes)
            node.Write(run, output);
    }

    /// <summary>Prints text of the template.</summary>
    public sealed class Text(string text, string indent) : PlanNode
    {
        public override void Write(TemplateRun run, TextBuffer output) => output.Write(text, TemplateEncoding.None, indent);
    }

    /// <summary>Prints an expression, encoded for the place it stands in.</summary>
    public sealed class Print(PlanExpression expression, TemplateEncoding encoding, string indent, long most) : PlanNode
    {
        public override void Write(TemplateRun run, TextBuffer output) => output.Write(run.TextOf(expression.Evaluate(run), most), encoding, indent);
    }

    /// <summary>Gives a local name its value.</summary>
    public sealed class Assign(ScriptExpression assignment) : PlanNode
    {
        public override void Write(TemplateRun run, TextBuffer output) => run.Evaluate(assignment);
    }

    /// <summary>Runs the first branch whose condition holds.</summary>
    public sealed class Branch((PlanExpression? Condition, PlanNode[] Body)[] branches) : PlanNode
    {
        public override void Write(TemplateRun run, TextBuffer output)
        {
            foreach (var (condition, body) in branches)
            {
                if (condition is not null && !condition.IsTrue(run))
                    continue;
                Write(body, run, output);
                return;
            }
        }
    }
}
