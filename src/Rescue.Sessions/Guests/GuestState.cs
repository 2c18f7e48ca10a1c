using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Guests;

/// <summary>How far the visit of a guest has come.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<GuestState>))]
public enum GuestState
{
    /// <summary>The link was made and nobody has joined by it.</summary>
    Invited,

    /// <summary>The guest takes part.</summary>
    Joined,

    /// <summary>The guest has left.</summary>
    Left,

    /// <summary>A technician has ended it.</summary>
    Revoked,

    /// <summary>Its time has passed.</summary>
    Expired,

    /// <summary>The session has ended.</summary>
    Ended,
}
