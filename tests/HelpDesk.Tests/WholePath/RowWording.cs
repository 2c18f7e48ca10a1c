using Rescue.Sessions.Lifecycle;
using static Rescue.Sessions.Lifecycle.SessionStatus;
using static Rescue.Sessions.Lifecycle.SessionTrigger;

namespace HelpDesk.Tests.WholePath;

/// <summary>What a row of the life table is for the customer: the last line of the applet and, where it ends, its exit code.</summary>
internal static class RowWording
{
    public static (string Words, int? ExitCode) Of(SessionTransition row) => row switch
    {
        { Trigger: Join } => ("Type \"yes\"", null),
        { Trigger: Leave } => ("You have left", 0),
        { Trigger: Decline } => ("You have declined", 10),
        { To: Closed, From: Rebooting } or { Trigger: Expire } => ("its session has already ended", 4),
        { To: Closed, From: Connecting } or { End: SessionEnd.Aborted } => ("The session has ended", 0),
        { End: SessionEnd.ByTechnician } => ("The technician has ended", 0),
        { End: SessionEnd.Revoked } => ("withdrawn the code", 0),
        { End: not null } => ("its time was up", 0),
        { Trigger: AcceptTransfer } => ("Ben Okafor has started", null),
        { To: Active or null } => ("Alice Martin has started", null),
        { To: Waiting } => ("Waiting for a technician", null),
        { To: OnHold } => ("on hold", null),
        { To: Transferring } => ("passed on", null),
        { To: Rebooting } => ("restarting", null),
        { To: TimedOut } => ("Nothing has happened", null),
        _ => throw new ArgumentOutOfRangeException(nameof(row), row, "A new status needs the words in which the customer reads of it."),
    };
}
