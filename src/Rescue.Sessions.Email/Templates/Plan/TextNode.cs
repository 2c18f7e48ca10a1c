namespace Rescue.Sessions.Email.Templates;

/// <summary>Prints text of the template.</summary>
internal sealed class TextNode(string text, string indent) : PlanNode
{
    public override void Write(TemplateRun run, ref TemplateOutput output) => output.Write(text, TemplateEncoding.None, indent);
}
