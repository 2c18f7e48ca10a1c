using System.Collections.Frozen;

namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>Knows the attributes of HTML.</summary>
internal static class HtmlAttributes
{
    private static readonly FrozenDictionary<string, HtmlAttributeKind> Kinds = new Dictionary<string, HtmlAttributeKind>
    {
        ["action"] = HtmlAttributeKind.Url,
        ["aria-hidden"] = HtmlAttributeKind.AriaHidden,
        ["background"] = HtmlAttributeKind.Source,
        ["cite"] = HtmlAttributeKind.Url,
        ["data"] = HtmlAttributeKind.Url,
        ["dynsrc"] = HtmlAttributeKind.Source,
        ["formaction"] = HtmlAttributeKind.Url,
        ["height"] = HtmlAttributeKind.Size,
        ["hidden"] = HtmlAttributeKind.Hidden,
        ["href"] = HtmlAttributeKind.Url,
        ["http-equiv"] = HtmlAttributeKind.HttpEquiv,
        ["longdesc"] = HtmlAttributeKind.Url,
        ["lowsrc"] = HtmlAttributeKind.Source,
        ["ping"] = HtmlAttributeKind.Url,
        ["poster"] = HtmlAttributeKind.Source,
        ["src"] = HtmlAttributeKind.Source,
        ["srcdoc"] = HtmlAttributeKind.Url,
        ["srcset"] = HtmlAttributeKind.Source,
        ["style"] = HtmlAttributeKind.Style,
        ["width"] = HtmlAttributeKind.Size,
        ["xlink:href"] = HtmlAttributeKind.Url,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, HtmlAttributeKind>.AlternateLookup<ReadOnlySpan<char>> ByName =
        Kinds.GetAlternateLookup<ReadOnlySpan<char>>();

    public static HtmlAttributeKind KindOf(ReadOnlySpan<char> name, HtmlElementKind element)
    {
        if (name.Length > 2 && name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
            return HtmlAttributeKind.EventHandler;
        if (!ByName.TryGetValue(name, out var kind))
            return HtmlAttributeKind.Plain;
        return kind == HtmlAttributeKind.Url && element == HtmlElementKind.Anchor && name.Equals("href", StringComparison.OrdinalIgnoreCase)
            ? HtmlAttributeKind.Href
            : kind;
    }
}
