namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// Lays a plain text message out as HTML: paragraphs from blank lines, a button where the link stands alone on a line and the link in full
/// below it, the PIN in large type where it stands alone, at the end a link for those who did not ask for help. One column, no asset from elsewhere, dark
/// mode, language and direction said.
/// </summary>
internal sealed class TextLayout
{
    /// <summary>The most that is put around one line.</summary>
    private const int LineMarkup = 40;

    /// <summary>The most that a link becomes: the address and the words of an anchor, both with every character encoded.</summary>
    private const int LinkBytes = (2 * 5 * 1024) + LineMarkup;

    private const int LineBreakBytes = 5;

    private readonly LayoutMarkup markup;
    private readonly TextBuffer output;
    private readonly TemplateValues values;
    private readonly MessageLook look;
    private readonly string link;
    private readonly string pin;
    private bool inParagraph;
    private bool hasButton;

    private TextLayout(LayoutMarkup markup, TemplateValues values, TextBuffer output)
    {
        this.markup = markup;
        this.output = output;
        this.values = values;
        look = values.Look;
        link = values.LinkUrl;
        pin = values.PinCode;
    }

    /// <summary>The most bytes of the document around the text: its markup, the title, the button, the link in full, and those to type and to decline with.</summary>
    public static long MaxFrameBytes(LayoutMarkup markup, long subjectBytes) =>
        markup.Length + MessageLook.MaxBytes + (4 * LinkBytes) + (5 * subjectBytes);

    /// <summary>The most bytes that a piece of text becomes.</summary>
    public static long MaxBytes(long length, long lines, bool hasLink) => (hasLink ? LinkBytes : 5 * length) + (lines * LineMarkup);

    /// <summary>The most bytes that text of the template grows by: what is encoded, a break for each line, and a paragraph after each blank one.</summary>
    public static long ExtraBytes(ReadOnlySpan<char> text)
    {
        var most = LineMarkup + (4L * (text.Count('&') + text.Count('<') + text.Count('>') + text.Count('"') + text.Count('\'')));
        var words = true;
        foreach (var range in text.Split('\n'))
        {
            var hasWords = !text[range].IsWhiteSpace();
            if (hasWords)
                most += words ? LineBreakBytes : LineMarkup;
            words = hasWords;
        }

        return most;
    }

    /// <summary>The whole document for a rendered subject and text.</summary>
    public static string Write(LayoutMarkup markup, string subject, string text, TemplateValues values)
    {
        using var output = TextBuffer.Take();
        new TextLayout(markup, values, output).WriteDocument(subject, text);
        return output.Written.ToString();
    }

    private void WriteDocument(string subject, string text)
    {
        output.Write(markup.Head);
        output.WriteHtml(subject);
        output.Write(LayoutMarkup.Style);
        output.Write(look.DarkAccent);
        output.Write(LayoutMarkup.BetweenAccents);
        output.Write(look.DarkAccent);
        output.Write(LayoutMarkup.AfterAccents);
        WritePreview();
        output.Write(markup.Body);
        WriteLogo();
        var withPin = !MentionsPin(text);
        foreach (var range in text.AsSpan().Split('\n'))
            WriteLine(text.AsSpan()[range].Trim(" \t\r"), withPin);
        EndParagraph();
        if (!hasButton)
            WriteButton(withPin);
        WriteCheck();
        WriteDecline();
        output.Write(LayoutMarkup.End);
    }

    private void WriteLine(ReadOnlySpan<char> line, bool withPin)
    {
        if (line.IsEmpty)
            EndParagraph();
        else if (line.SequenceEqual(link) && !hasButton)
            WriteButton(withPin);
        else if (line.SequenceEqual(pin))
            WritePin();
        else
            WriteWords(line);
    }

    /// <summary>Whether the text says the PIN outside a link; what links have of it is in their query, which all share.</summary>
    private bool MentionsPin(ReadOnlySpan<char> text)
    {
        var query = link.AsSpan(Math.Max(0, link.IndexOf('?', StringComparison.Ordinal)));
        while (text.IndexOf(query) is >= 0 and var place)
        {
            if (text[..place].IndexOf(pin) >= 0)
                return true;
            text = text[(place + query.Length)..];
        }

        return text.IndexOf(pin) >= 0;
    }

    private void WriteButton(bool withPin)
    {
        EndParagraph();
        if (markup.AfterButtonLink is { } afterButtonLink)
        {
            output.Write(LayoutMarkup.Button);
            output.Write(look.Accent);
            output.Write(LayoutMarkup.BetweenFaces);
            output.Write(look.Accent);
            output.Write(LayoutMarkup.BeforeButtonLink);
            output.WriteHtml(link);
            output.Write(afterButtonLink);
        }
        else
        {
            output.Write(LayoutMarkup.Paragraph);
            output.Write(LayoutMarkup.Link);
        }

        WriteLinkWords();
        output.Write(LayoutMarkup.EndOfParagraph);
        hasButton = true;
        if (!withPin)
            return;
        WriteAddress();
        output.WriteHtml(pin);
        output.Write(LayoutMarkup.EndOfStrong);
        output.Write(LayoutMarkup.EndOfParagraph);
    }

    private void WriteAddress()
    {
        if (markup is not { BeforeAddress: { } before, AfterAddress: { } after })
        {
            output.Write(LayoutMarkup.Pin);
            return;
        }

        output.Write(before);
        output.WriteHtml(values.LinkAddress);
        output.Write(after);
    }

    private void WritePreview()
    {
        if (markup is not { BeforePreview: { } before, AfterPreview: { } after })
            return;
        output.Write(before);
        output.WriteHtml(values.LinkExpiresAt);
        output.Write(after);
    }

    private void WriteDecline()
    {
        if (markup.AfterDeclineAccent is not { } afterAccent)
            return;
        output.Write(LayoutMarkup.Decline);
        output.WriteHtml(values.LinkDecline);
        output.Write(LayoutMarkup.AfterLink);
        output.Write(look.Accent);
        output.Write(afterAccent);
    }

    private void WriteLinkWords()
    {
        output.WriteHtml(link);
        output.Write(LayoutMarkup.AfterLink);
        output.Write(look.Accent);
        output.Write(LayoutMarkup.AfterLinkAccent);
        output.WriteHtml(link);
        output.Write(LayoutMarkup.EndOfLink);
    }

    private void WriteLogo()
    {
        if (look.Logo.Length == 0)
            return;
        output.Write(LayoutMarkup.Paragraph);
        output.Write(look.Logo);
        output.Write(LayoutMarkup.EndOfParagraph);
    }

    private void WriteCheck()
    {
        if (look.Check.Length == 0)
            return;
        output.Write(markup.BeforeCheck ?? LayoutMarkup.SmallParagraph);
        output.Write(look.Check);
        output.Write(LayoutMarkup.EndOfParagraph);
    }

    private void WritePin()
    {
        EndParagraph();
        output.Write(LayoutMarkup.Pin);
        output.WriteHtml(pin);
        output.Write(LayoutMarkup.EndOfStrong);
        output.Write(LayoutMarkup.EndOfParagraph);
    }

    private void WriteWords(ReadOnlySpan<char> line)
    {
        output.Write(inParagraph ? LayoutMarkup.LineBreak : LayoutMarkup.Paragraph);
        inParagraph = true;
        while (line.IndexOf(link) is >= 0 and var place)
        {
            output.WriteHtml(line[..place]);
            output.Write(LayoutMarkup.Link);
            WriteLinkWords();
            line = line[(place + link.Length)..];
        }

        output.WriteHtml(line);
    }

    private void EndParagraph()
    {
        if (inParagraph)
            output.Write(LayoutMarkup.EndOfParagraph);
        inParagraph = false;
    }
}
