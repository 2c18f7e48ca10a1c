using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Email.Templates;

/// <summary>The part of an email template that a problem was found in.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TemplatePart>))]
public enum TemplatePart
{
    /// <summary>The subject line.</summary>
    Subject,

    /// <summary>The plain text body.</summary>
    Text,

    /// <summary>The HTML body.</summary>
    Html,
}
