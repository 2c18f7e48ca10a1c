namespace Rescue.Sessions.Applet.Events;

/// <summary>
/// Leaves out what was reported before: every stream begins with the status, and whoever begins at each report would begin anew at every line that breaks for
/// a second.
/// </summary>
internal sealed class ReportNews
{
    private StatusReported? _status;
    private IReadOnlyList<string> _guests = [];

    /// <summary>What is new in a report; null for nothing.</summary>
    public SessionEvent? Of(SessionEvent report)
    {
        switch (report)
        {
            case StatusReported status when IsReported(status):
                return status.Guests.SequenceEqual(_guests) ? null : new GuestsReported(_guests = status.Guests);
            case StatusReported status:
                _status = status;
                _guests = status.Guests;
                break;
            case GuestsReported { Guests: var guests }:
                _guests = guests;
                break;
        }

        return report;
    }

    // Without a moment it may have been left and come back. Connecting asks for ready each time.
    private bool IsReported(StatusReported status) =>
        status is { StatusSince: not null, Status: not SessionStatus.Connecting }
        && (status.Status, status.StatusSince, status.HandOverSecret, status.Technician)
            == (_status?.Status, _status?.StatusSince, _status?.HandOverSecret, _status?.Technician);
}
