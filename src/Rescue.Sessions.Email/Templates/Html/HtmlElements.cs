using System.Collections.Frozen;

namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>Knows the elements of HTML.</summary>
internal static class HtmlElements
{
    private static readonly FrozenDictionary<string, HtmlElementKind> Kinds = new Dictionary<string, HtmlElementKind>
    {
        ["a"] = HtmlElementKind.Anchor,
        ["area"] = HtmlElementKind.Void,
        ["applet"] = HtmlElementKind.Embedded,
        ["audio"] = HtmlElementKind.Embedded,
        ["base"] = HtmlElementKind.DocumentControl,
        ["body"] = HtmlElementKind.Body,
        ["br"] = HtmlElementKind.Void,
        ["button"] = HtmlElementKind.FormControl,
        ["canvas"] = HtmlElementKind.Unseen,
        ["col"] = HtmlElementKind.Void,
        ["datalist"] = HtmlElementKind.Unseen,
        ["details"] = HtmlElementKind.Unseen,
        ["dialog"] = HtmlElementKind.Unseen,
        ["embed"] = HtmlElementKind.Embedded,
        ["form"] = HtmlElementKind.FormControl,
        ["frame"] = HtmlElementKind.Embedded,
        ["frameset"] = HtmlElementKind.Embedded,
        ["head"] = HtmlElementKind.Head,
        ["hr"] = HtmlElementKind.Void,
        ["iframe"] = HtmlElementKind.EmbeddedRawText,
        ["img"] = HtmlElementKind.Image,
        ["input"] = HtmlElementKind.FormControl,
        ["link"] = HtmlElementKind.DocumentControl,
        ["math"] = HtmlElementKind.Embedded,
        ["meta"] = HtmlElementKind.Void,
        ["noembed"] = HtmlElementKind.EmbeddedRawText,
        ["noframes"] = HtmlElementKind.EmbeddedRawText,
        ["noscript"] = HtmlElementKind.Embedded,
        ["object"] = HtmlElementKind.Embedded,
        ["option"] = HtmlElementKind.FormControl,
        ["plaintext"] = HtmlElementKind.Embedded,
        ["portal"] = HtmlElementKind.Embedded,
        ["script"] = HtmlElementKind.Script,
        ["select"] = HtmlElementKind.FormControl,
        ["source"] = HtmlElementKind.Void,
        ["style"] = HtmlElementKind.Style,
        ["svg"] = HtmlElementKind.Embedded,
        ["template"] = HtmlElementKind.Unseen,
        ["textarea"] = HtmlElementKind.TextArea,
        ["title"] = HtmlElementKind.Title,
        ["track"] = HtmlElementKind.Void,
        ["video"] = HtmlElementKind.Embedded,
        ["wbr"] = HtmlElementKind.Void,
        ["xmp"] = HtmlElementKind.EmbeddedRawText,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, HtmlElementKind>.AlternateLookup<ReadOnlySpan<char>> ByName =
        Kinds.GetAlternateLookup<ReadOnlySpan<char>>();

    public static HtmlElementKind KindOf(ReadOnlySpan<char> name) => ByName.TryGetValue(name, out var kind) ? kind : HtmlElementKind.Other;

    /// <summary>Tells elements apart by name; two names with the same number only make the check stricter.</summary>
    public static int NumberOf(ReadOnlySpan<char> name) => string.GetHashCode(name, StringComparison.OrdinalIgnoreCase);

    public static bool IsRawText(HtmlElementKind kind) => kind is
        HtmlElementKind.Title or HtmlElementKind.Style or HtmlElementKind.Script or HtmlElementKind.TextArea or HtmlElementKind.EmbeddedRawText;

    /// <summary>Whether the element has no content.</summary>
    public static bool IsVoid(HtmlElementKind kind) => kind is HtmlElementKind.Void or HtmlElementKind.Image or HtmlElementKind.DocumentControl;

    /// <summary>Whether nothing in the element is shown, whatever its attributes say.</summary>
    public static bool IsUnseen(HtmlElementKind kind) => kind is
        HtmlElementKind.Head or HtmlElementKind.Unseen or HtmlElementKind.Embedded or HtmlElementKind.EmbeddedRawText or HtmlElementKind.FormControl;

    /// <summary>Why an element cannot be in a mail; <see langword="null"/> when it can.</summary>
    public static TemplateProblemKind? Refuse(HtmlElementKind kind) => kind switch
    {
        HtmlElementKind.Script => TemplateProblemKind.HtmlScript,
        HtmlElementKind.FormControl or HtmlElementKind.TextArea => TemplateProblemKind.HtmlForm,
        HtmlElementKind.Embedded or HtmlElementKind.EmbeddedRawText => TemplateProblemKind.HtmlEmbedded,
        HtmlElementKind.DocumentControl => TemplateProblemKind.HtmlDocumentControl,
        _ => null,
    };
}
