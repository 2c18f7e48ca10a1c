namespace Rescue.Sessions;

/// <summary>What a technician may take on.</summary>
public sealed class TechnicianOptions
{
    /// <summary>How many sessions a technician may hold at a time, those on hold not counted; 0 = no limit. Ten by default.</summary>
    public int Capacity { get; set; } = 10;

    /// <summary>
    /// The technicians of a tenant by the host's own list, to whom sessions may be transferred; at most a thousand are listed. Null, the default, for those who
    /// were seen of late (<see cref="Retention.RetentionOptions.Technicians"/>). Asked when colleagues are listed, and when a session is offered to somebody who
    /// was not seen; an exception it throws reaches the caller.
    /// </summary>
    public Func<string, CancellationToken, ValueTask<IReadOnlyList<TechnicianReference>>>? Directory { get; set; }

    /// <summary>
    /// Whether technicians see and touch only what belongs to them (what they own or, before anybody does, have made) and what is offered to them; off by
    /// default. Those to whom a group grants the right to colleagues' sessions (<see cref="Permissions.ConnectionRight.ColleaguesSessions"/>) are not bound.
    /// </summary>
    public bool OwnSessionsOnly { get; set; }

    /// <summary>Whether a session becomes active as soon as its applet is ready, with the technician who made it; off by default. At capacity the customer waits.</summary>
    public bool AutoStart { get; set; }
}
