namespace Rescue.Sessions.Applet.Events;

/// <summary>
/// The session's status, as it stands now or as it has just changed. One that a stream begins with and that was reported before is not reported again, so that
/// remote control may begin at each report of <see cref="SessionStatus.Active"/>.
/// </summary>
public sealed class StatusReported : SessionEvent
{
    internal StatusReported(
        SessionStatus status, string? technician, string? endReason, string? handOverSecret, IReadOnlyList<string>? guests = null, DateTimeOffset? statusSince = null)
    {
        Status = status;
        Technician = technician;
        EndReason = endReason;
        HandOverSecret = handOverSecret;
        Guests = guests ?? [];
        StatusSince = statusSince;
    }

    /// <summary>The status.</summary>
    public SessionStatus Status { get; }

    /// <summary>
    /// Since when, by the server's clock; a status that was left and came back has another moment. Null where the server does not say, as one of a version
    /// before: its reports may repeat what was reported.
    /// </summary>
    public DateTimeOffset? StatusSince { get; }

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
