namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>What was noted of a technician: their presence and, since they were seen by this version, their name and when that was.</summary>
internal sealed class PresenceRow
{
    public required string Tenant { get; set; }

    public required string Technician { get; set; }

    public string? Name { get; set; }

    public long? SeenAt { get; set; }

    /// <summary>The <see cref="Presence.TechnicianPresence"/> by name.</summary>
    public required string Presence { get; set; }
}
