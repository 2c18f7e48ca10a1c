using Rescue.Sessions.Presence;

namespace Rescue.Sessions.Stores;

/// <summary>What a store knows of a technician.</summary>
/// <param name="Id">The host's id of them.</param>
public sealed record StoredTechnician(string Id)
{
    /// <summary>Their name when they were seen last; null for one who never was.</summary>
    public string? Name { get; init; }

    /// <summary>Their presence; available until set.</summary>
    public TechnicianPresence Presence { get; init; }

    /// <summary>When they were seen last; null for one who never was.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>How many sessions they hold: owned, and neither on hold nor closed.</summary>
    public int Active { get; init; }

    /// <summary>Whether a session belongs to them, open or closed.</summary>
    public bool HasSessions { get; init; }

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"StoredTechnician {Id} ({Presence})";
}
