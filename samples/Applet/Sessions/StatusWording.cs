using Rescue.Sessions.Applet.Events;
using RescueApplet.Languages;

namespace RescueApplet.Sessions;

/// <summary>
/// A session's status in plain words; null where there is nothing to tell, as of a server that misses the applet: what brings the report shows that the
/// connection is there.
/// </summary>
internal static class StatusWording
{
    public static string? Of(StatusReported report) => report.Status switch
    {
        SessionStatus.Waiting => Texts.Waiting,
        SessionStatus.Active => Named(report, Texts.Active, Texts.ActiveUnnamed),
        SessionStatus.OnHold => Named(report, Texts.OnHold, Texts.OnHoldUnnamed),
        SessionStatus.Transferring => Texts.Transferring,
        SessionStatus.Rebooting => Texts.Rebooting,
        SessionStatus.TimedOut => Texts.TimedOut,
        SessionStatus.Closed => End(report.EndReason),
        _ => null
    };

    private static string Named(StatusReported report, string named, string unnamed) =>
        string.IsNullOrWhiteSpace(report.Technician) ? unnamed : Texts.Format(named, report.Technician);

    // The reasons are an open list: one this version does not know has ended the session all the same.
    private static string End(string? reason) => reason switch
    {
        "byTechnician" => Texts.EndedByTechnician,
        "byCustomer" or "byWaitingCustomer" or "declined" => Texts.EndedByCustomer,
        "expired" or "connectingTimedOut" or "waitingTimedOut" or "holdTimedOut" => Texts.EndedByTime,
        "revoked" => Texts.EndedByRevocation,
        _ => Texts.Ended
    };
}
