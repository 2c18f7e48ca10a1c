namespace Rescue.Sessions.Applet.Events;

/// <summary>The session's status, as it stands now or as it has just changed.</summary>
public sealed class StatusReported : SessionEvent
{
    internal StatusReported(SessionStatus status, string? technician, string? endReason, string? handOverSecret, IReadOnlyList<string>? guests = null)
    {
        Status = status;
        Technician = technician;
        EndReason = endReason;
        HandOverSecret = handOverSecret;
        Guests = guests ?? [];
    }

    /// <summary>The status.</summary>
    public SessionStatus Status { get; }

    /// <summary>The name of the technician in charge; null where there is none, or the server does not say.</summary>
    public string? Technician { get; }

    /// <summary>Why a closed session ended, in the server's word, such as <c>byTechnician</c> (an open list); null while it lives.</summary>
    public string? EndReason { get; }

    /// <summary>
    /// The secret that the technician's side has too while the session is active, by which remote control can attach; null otherwise.
    /// </summary>
    public string? HandOverSecret { get; }

    /// <summary>The names of those who take part beside the technician; empty for nobody. The customer should be told.</summary>
    public IReadOnlyList<string> Guests { get; }
}
