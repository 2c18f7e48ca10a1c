using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Presence;

/// <summary>Whether a technician can be given work. It never keeps them from picking customers up.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TechnicianPresence>))]
public enum TechnicianPresence
{
    /// <summary>Sessions may be transferred to them; so it is until they say otherwise.</summary>
    Available,

    /// <summary>They get no transfers.</summary>
    Busy,

    /// <summary>They get no transfers.</summary>
    Away,
}
