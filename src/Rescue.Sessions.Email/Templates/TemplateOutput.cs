namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// Writes what a plan prints. As in Scriban, what a block prints is indented like the block's opening tag, and what a tag prints like
/// the tag itself: the white space that stands before the tag on its line goes before every further line.
/// </summary>
internal ref struct TemplateOutput(TextBuffer buffer)
{
    private bool atLineStart;

    public void Write(ReadOnlySpan<char> text, TemplateEncoding encoding, string indent)
    {
        if (indent.Length == 0)
        {
            WritePiece(text, encoding);
            return;
        }

        while (!text.IsEmpty)
        {
            var line = text[..(text.IndexOf('\n') is >= 0 and var end ? end + 1 : text.Length)];
            if (atLineStart)
                buffer.Write(indent);
            WritePiece(line, encoding);
            text = text[line.Length..];
        }
    }

    private void WritePiece(ReadOnlySpan<char> text, TemplateEncoding encoding)
    {
        if (text.IsEmpty)
            return;
        buffer.Write(text, encoding);
        atLineStart = text[^1] == '\n';
    }
}
