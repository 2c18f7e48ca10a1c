using System.Buffers;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Text that grows in rented memory, of which each thread keeps one, so that rendering and checking need not allocate.</summary>
internal sealed class TextBuffer : IDisposable
{
    private const int Smallest = 4096;

    private static readonly SearchValues<char> HtmlSpecial = SearchValues.Create("&<>\"'");

    [ThreadStatic]
    private static TextBuffer? spare;

    private char[] rented = [];
    private bool atLineStart;

    private TextBuffer()
    {
    }

    public int Length { get; private set; }

    public ReadOnlySpan<char> Written => rented.AsSpan(0, Length);

    public static TextBuffer Take()
    {
        var buffer = spare ?? new TextBuffer();
        spare = null;
        return buffer;
    }

    /// <summary>The most bytes of UTF-8 that one UTF-16 code unit becomes: the longest reference, or three percent-encoded octets.</summary>
    public static int MaxBytesPerChar(TemplateEncoding encoding) => encoding switch
    {
        TemplateEncoding.None => 3,
        TemplateEncoding.Html => 5,
        _ => 9,
    };

    public void Write(ReadOnlySpan<char> text)
    {
        text.CopyTo(Free(text.Length));
        Length += text.Length;
    }

    public void Write(ReadOnlySpan<char> text, TemplateEncoding encoding)
    {
        if (encoding == TemplateEncoding.None)
            Write(text);
        else if (encoding == TemplateEncoding.Html)
            WriteHtml(text);
        else
            WriteUrlPart(text);
    }

    /// <summary>
    /// Writes what a plan prints. As in Scriban, what a block prints is indented like the block's opening tag, and what a tag prints like the tag itself: the white
    /// space that stands before the tag on its line goes before every further line.
    /// </summary>
    public void Write(ReadOnlySpan<char> text, TemplateEncoding encoding, string indent)
    {
        while (!text.IsEmpty)
        {
            var line = indent.Length > 0 && text.IndexOf('\n') is >= 0 and var end ? text[..(end + 1)] : text;
            if (atLineStart)
                Write(indent);
            Write(line, encoding);
            atLineStart = line[^1] == '\n';
            text = text[line.Length..];
        }
    }

    public void WriteHtml(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(HtmlSpecial) is >= 0 and var special)
        {
            Write(text[..special]);
            Write(HtmlReference(text[special]));
            text = text[(special + 1)..];
        }

        Write(text);
    }

    /// <summary>Gives the memory back, wiped: a message contains the link and the PIN.</summary>
    public void Dispose()
    {
        Return();
        rented = [];
        Length = 0;
        atLineStart = false;
        spare = this;
    }

    private static string HtmlReference(char special) => special switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&#34;",
        _ => "&#39;",
    };

    private void WriteUrlPart(ReadOnlySpan<char> text)
    {
        Uri.TryEscapeDataString(text, Free(text.Length * MaxBytesPerChar(TemplateEncoding.UrlPart)), out var written);
        Length += written;
    }

    private Span<char> Free(int length)
    {
        if (rented.Length - Length < length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + length, Math.Max(rented.Length * 2, Smallest)));
            Written.CopyTo(larger);
            Return();
            rented = larger;
        }

        return rented.AsSpan(Length);
    }

    private void Return()
    {
        if (rented.Length == 0)
            return;
        rented.AsSpan(0, Length).Clear();
        ArrayPool<char>.Shared.Return(rented);
    }
}
