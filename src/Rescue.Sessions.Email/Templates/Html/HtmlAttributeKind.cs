namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>The attributes that are treated in a way of their own.</summary>
internal enum HtmlAttributeKind : byte
{
    /// <summary>Plain text, such as <c>alt</c> and <c>title</c>.</summary>
    Plain,

    /// <summary>Where an anchor leads.</summary>
    Href,

    /// <summary>Another URL.</summary>
    Url,

    /// <summary>The URL of something shown in the message.</summary>
    Source,

    Style,
    Hidden,
    AriaHidden,
    Size,
    EventHandler,
    HttpEquiv,
}
