using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Rescue.Sessions.AspNetCore.Customers.Html;

/// <summary>
/// Makes an interpolated string safe HTML: what is written in the source is markup, what is filled in is encoded. Attribute values must stand
/// in double quotes in the source.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlWriter
{
    private readonly StringBuilder builder;

    public HtmlWriter(int literalLength, int formattedCount) => builder = new(literalLength + (formattedCount * 32));

    public void AppendLiteral(string markup) => builder.Append(markup);

    public void AppendFormatted(string? value) => builder.Append(HtmlEncoder.Default.Encode(value ?? ""));

    public void AppendFormatted(HtmlFragment fragment) => builder.Append(fragment.Markup);

    public override string ToString() => builder.ToString();
}
