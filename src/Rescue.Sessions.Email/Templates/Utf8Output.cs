using System.Buffers;
using System.Text;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Writes into a buffer writer through one borrowed span at a time. Call <see cref="Flush"/> at the end.</summary>
internal ref struct Utf8Output(IBufferWriter<byte> writer)
{
    private const int Block = 512;

    private static readonly SearchValues<char> HtmlSpecial = SearchValues.Create("&<>\"'");
    private static readonly SearchValues<byte> HtmlSpecialBytes = SearchValues.Create("&<>\"'"u8);
    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);

    private Span<byte> free;
    private int used;

    /// <summary>The most bytes that one UTF-16 code unit becomes: the longest reference, or three percent-encoded octets.</summary>
    public static int MaxBytesPerChar(TemplateEncoding encoding) => encoding switch
    {
        TemplateEncoding.None => 3,
        TemplateEncoding.Html => 5,
        _ => 9,
    };

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > free.Length - used) Reserve(bytes.Length);
        bytes.CopyTo(free[used..]);
        used += bytes.Length;
    }

    public void Write(scoped ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > free.Length - used) Reserve(most);
        used += Encoding.UTF8.GetBytes(text, free[used..]);
    }

    public void Write(scoped ReadOnlySpan<char> text, TemplateEncoding encoding)
    {
        if (encoding == TemplateEncoding.None) Write(text);
        else if (encoding == TemplateEncoding.Html) WriteHtml(text);
        else WriteUrlPart(text);
    }

    /// <summary>Writes text that is UTF-8 already, for HTML.</summary>
    public void WriteHtml(scoped ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny(HtmlSpecialBytes) is >= 0 and var special)
        {
            Write(text[..special]);
            Write(HtmlReference((char)text[special]));
            text = text[(special + 1)..];
        }

        Write(text);
    }

    public void Flush()
    {
        if (used > 0) writer.Advance(used);
        free = default;
        used = 0;
    }

    private void WriteHtml(scoped ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(HtmlSpecial) is >= 0 and var special)
        {
            Write(text[..special]);
            Write(HtmlReference(text[special]));
            text = text[(special + 1)..];
        }

        Write(text);
    }

    private static ReadOnlySpan<byte> HtmlReference(char special) => special switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '"' => "&#34;"u8,
        _ => "&#39;"u8,
    };

    private void WriteUrlPart(scoped ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        Span<byte> escaped = stackalloc byte[3];
        foreach (var rune in text.EnumerateRunes())
        {
            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                if (Unreserved.Contains(octet))
                {
                    Write([octet]);
                    continue;
                }

                escaped[0] = (byte)'%';
                escaped[1] = (byte)"0123456789ABCDEF"[octet >> 4];
                escaped[2] = (byte)"0123456789ABCDEF"[octet & 15];
                Write(escaped);
            }
        }
    }

    private void Reserve(int length)
    {
        Flush();
        free = writer.GetSpan(Math.Max(length, Block));
    }
}
