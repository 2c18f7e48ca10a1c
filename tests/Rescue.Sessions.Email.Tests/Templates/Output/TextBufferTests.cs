using System.Net;
using System.Text;
using CsCheck;

namespace Rescue.Sessions.Email.Templates;

public sealed class TextBufferTests
{
    /// <summary>Text of whole characters, with many that need encoding.</summary>
    private static readonly Gen<string> Text =
        Gen.OneOf("&", "<", ">", "\"", "'", "a", " ", "%", "é", "日", "\uD83D\uDE00", "&amp;", "&#34;", new string('x', 700)).Array[0, 40].Select(string.Concat);

    [Fact]
    public void WriteHtml_AnyText_RoundTripsAndHoldsNoMarkup() => Text.Sample(text =>
    {
        var encoded = Write(text, TemplateEncoding.Html);

        WebUtility.HtmlDecode(encoded).Should().Be(text);
        encoded.Should().NotContainAny("<", ">", "\"", "'");
    });

    [Fact]
    public void WriteUrlPart_AnyText_RoundTripsAndIsUnreserved() => Text.Sample(text =>
    {
        var encoded = Write(text, TemplateEncoding.UrlPart);

        Uri.UnescapeDataString(encoded).Should().Be(text);
        encoded.Should().Be(Uri.EscapeDataString(text));
    });

    [Fact]
    public void Write_AnyText_IsThatText() => Text.Sample(text => Write(text, TemplateEncoding.None).Should().Be(text));

    [Fact]
    public void MaxBytesPerChar_AnyCharacter_IsTheMost()
    {
        foreach (var encoding in Enum.GetValues<TemplateEncoding>())
        {
            var longest = 0;
            for (var code = 0; code <= char.MaxValue; code++)
            {
                if (char.IsSurrogate((char)code))
                    continue;
                longest = Math.Max(longest, Encoding.UTF8.GetByteCount(Write(((char)code).ToString(), encoding)));
            }

            longest.Should().Be(TextBuffer.MaxBytesPerChar(encoding));
        }
    }

    private static string Write(string text, TemplateEncoding encoding)
    {
        using var buffer = TextBuffer.Take();
        buffer.Write(text, encoding);
        return buffer.Written.ToString();
    }
}
