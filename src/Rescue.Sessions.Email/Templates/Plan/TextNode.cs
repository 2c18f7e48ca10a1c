using System.Text;

namespace Rescue.Sessions.Email.Templates;

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
