using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Devices;

/// <summary>What the customer's side of a session is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AppletKind>))]
public enum AppletKind
{
    /// <summary>A program on the customer's machine.</summary>
    Program,

    /// <summary>A page in the customer's browser.</summary>
    Browser,
}
