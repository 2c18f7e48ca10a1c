namespace Rescue.Sessions;

/// <summary>What a technician may take on.</summary>
public sealed class TechnicianOptions
{
    /// <summary>How many sessions a technician may hold at a time, those on hold not counted; 0 = no limit. Ten by default.</summary>
    public int Capacity { get; set; } = 10;

    /// <summary>
    /// Whether technicians see and touch only what belongs to them (what they own or, before anybody does, have made) and what is offered to them; off by
    /// default. Those to whom a group grants the right to colleagues' sessions (<see cref="Permissions.ConnectionRight.ColleaguesSessions"/>) are not bound.
    /// </summary>
    public bool OwnSessionsOnly { get; set; }

    /// <summary>Whether a session becomes active as soon as its applet is ready, with the technician who made it; off by default. At capacity the customer waits.</summary>
    public bool AutoStart { get; set; }
}
