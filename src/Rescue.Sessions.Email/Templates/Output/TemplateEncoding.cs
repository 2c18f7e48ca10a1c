namespace Rescue.Sessions.Email.Templates;

/// <summary>How a value must be written where it stands.</summary>
internal enum TemplateEncoding : byte
{
    /// <summary>As it is: subject and plain text.</summary>
    None,

    /// <summary>As character references, for HTML text and quoted attributes.</summary>
    Html,

    /// <summary>Percent-encoded (RFC 3986, section 2.1), for a part of a URL.</summary>
    UrlPart,
}
