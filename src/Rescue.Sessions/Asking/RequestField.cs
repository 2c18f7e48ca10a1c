using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Asking;

/// <summary>Whether a customer who asks for help is asked for something.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RequestField>))]
public enum RequestField
{
    /// <summary>They are not asked for it.</summary>
    Hidden,

    /// <summary>They may leave it out.</summary>
    Optional,

    /// <summary>They must give it.</summary>
    Required,
}
