using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Permissions;

/// <summary>How a technician comes to lack a right.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MissingRightReason>))]
public enum MissingRightReason
{
    /// <summary>The technician is in no group that is known.</summary>
    NoGroup,

    /// <summary>No group on the way to the root gives it.</summary>
    NotGranted,

    /// <summary>A group takes it away.</summary>
    Denied,

    /// <summary>A group higher up takes it away and lets no group below decide otherwise.</summary>
    Locked,
}
