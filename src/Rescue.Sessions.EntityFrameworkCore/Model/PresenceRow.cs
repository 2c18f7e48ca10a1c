namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>A technician's presence, once it was set.</summary>
internal sealed class PresenceRow
{
    public required string Tenant { get; set; }

    public required string Technician { get; set; }

    /// <summary>The <see cref="Presence.TechnicianPresence"/> by name.</summary>
    public required string Presence { get; set; }
}
