using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Whether a problem refuses a template or only advises its author.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TemplateProblemSeverity>))]
public enum TemplateProblemSeverity
{
    /// <summary>The template can be used, but its author should know.</summary>
    Warning,

    /// <summary>The template is refused.</summary>
    Error,
}
