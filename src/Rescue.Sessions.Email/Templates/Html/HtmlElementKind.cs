namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>The elements that are treated in a way of their own.</summary>
internal enum HtmlElementKind : byte
{
    Other,
    Anchor,
    Body,
    Head,
    Image,

    /// <summary>Has no content and no end tag.</summary>
    Void,

    /// <summary>Has content that is not shown.</summary>
    Unseen,

    Title,
    Style,
    Script,
    TextArea,
    FormControl,

    /// <summary>Shows content from elsewhere, or changes how the rest is parsed.</summary>
    Embedded,

    /// <summary>Embedded content whose tags are text.</summary>
    EmbeddedRawText,

    /// <summary>Changes what links mean, or loads more.</summary>
    DocumentControl,
}
