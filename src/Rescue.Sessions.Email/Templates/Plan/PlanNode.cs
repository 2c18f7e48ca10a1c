namespace Rescue.Sessions.Email.Templates;

/// <summary>A step of a template that is ready to run.</summary>
internal abstract class PlanNode
{
    public abstract void Write(TemplateRun run, ref TemplateOutput output);

    public static void Write(PlanNode[] nodes, TemplateRun run, ref TemplateOutput output)
    {
        foreach (var node in nodes)
            node.Write(run, ref output);
    }
}
