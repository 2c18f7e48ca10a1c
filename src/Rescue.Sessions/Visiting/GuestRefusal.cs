using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Visiting;

/// <summary>Why a guest's link leads nowhere.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<GuestRefusal>))]
public enum GuestRefusal
{
    /// <summary>There is no such link.</summary>
    Invalid,

    /// <summary>Another browser or program has joined by it.</summary>
    AlreadyUsed,

    /// <summary>Its time has passed.</summary>
    Expired,

    /// <summary>A technician took it back.</summary>
    Revoked,

    /// <summary>The guest has left.</summary>
    Left,

    /// <summary>The session has ended.</summary>
    Ended,
}
