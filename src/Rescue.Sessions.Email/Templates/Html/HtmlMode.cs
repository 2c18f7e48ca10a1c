namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>Where in the markup a place is: the states of the HTML tokenizer (WHATWG HTML, section 13.2.5) that matter here.</summary>
internal enum HtmlMode : byte
{
    Text,

    /// <summary>After a less-than sign or within the first letters after it.</summary>
    TagOpen,

    /// <summary>Between attributes.</summary>
    Tag,

    AttributeName,
    AfterAttributeName,
    BeforeAttributeValue,
    DoubleQuotedValue,
    SingleQuotedValue,
    UnquotedValue,
    Comment,

    /// <summary>A document type or another declaration.</summary>
    Declaration,

    /// <summary>The content of an element in which tags are text, such as <c>style</c> and <c>title</c>.</summary>
    RawText,
}
