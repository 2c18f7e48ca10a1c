using System.Buffers;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// Writes what a program prints. As in Scriban, what a block prints is indented like the block's opening tag, and what a tag prints like
/// the tag itself: the white space that stands before the tag on its line goes before every further line.
/// </summary>
internal ref struct TemplateOutput(IBufferWriter<byte> writer)
{
    private Utf8Output output = new(writer);
    private bool atLineStart;

    /// <summary>The indentation in force; empty for none.</summary>
    public ReadOnlySpan<byte> Indent { get; set; }

    public void Write(ReadOnlySpan<byte> text)
    {
        if (Indent.IsEmpty)
        {
            if (text.IsEmpty) return;
            output.Write(text);
            atLineStart = text[^1] == '\n';
            return;
        }

        while (!text.IsEmpty)
        {
            var line = text[..(text.IndexOf((byte)'\n') is >= 0 and var end ? end + 1 : text.Length)];
            if (atLineStart) output.Write(Indent);
            output.Write(line);
            atLineStart = line[^1] == '\n';
            text = text[line.Length..];
        }
    }

    public void Write(ReadOnlySpan<char> value, TemplateEncoding encoding)
    {
        if (Indent.IsEmpty)
        {
            if (value.IsEmpty) return;
            output.Write(value, encoding);
            atLineStart = value[^1] == '\n';
            return;
        }

        while (!value.IsEmpty)
        {
            var line = value[..(value.IndexOf('\n') is >= 0 and var end ? end + 1 : value.Length)];
            if (atLineStart) output.Write(Indent);
            output.Write(line, encoding);
            atLineStart = line[^1] == '\n';
            value = value[line.Length..];
        }
    }

    public void Flush() => output.Flush();
}
