using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Email.Templates;

/// <summary>What a placeholder stands for: text, a yes or no, a moment or an address.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TemplatePlaceholderKind>))]
public enum TemplatePlaceholderKind
{
    /// <summary>Text. It prints itself, and counts as true in a condition whenever there is a value, even an empty one.</summary>
    Text,

    /// <summary>Yes or no. It prints <c>true</c> or <c>false</c>, and is meant for conditions.</summary>
    Boolean,

    /// <summary>A moment in the customer's time zone, for <c>date.to_string</c>.</summary>
    Moment,

    /// <summary>An absolute http or https address. It may be the whole of an <c>href</c>.</summary>
    Link,
}
