using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Rescue.Sessions.AspNetCore.Html;

/// <summary>
/// Makes an interpolated string safe HTML: what is written in the source is markup, what is filled in is encoded. Attribute values must stand
/// in double quotes in the source.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlWriter
{
    // Letters of every script stay readable in the source; what has a meaning in HTML is encoded all the same.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder builder;

    public HtmlWriter(int literalLength, int formattedCount) => builder = new(literalLength + (formattedCount * 32));

    public void AppendLiteral(string markup) => builder.Append(markup);

    public void AppendFormatted(string? value) => builder.Append(Encoder.Encode(value ?? ""));

    public void AppendFormatted(HtmlFragment fragment) => builder.Append(fragment.Markup);

    public override string ToString() => builder.ToString();
}
