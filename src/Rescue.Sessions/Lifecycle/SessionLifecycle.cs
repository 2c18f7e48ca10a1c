using System.Collections.Immutable;
using static Rescue.Sessions.Lifecycle.SessionActor;
using static Rescue.Sessions.Lifecycle.SessionStatus;
using static Rescue.Sessions.Lifecycle.SessionTrigger;
using static Rescue.Sessions.Lifecycle.TechnicianRole;

namespace Rescue.Sessions.Lifecycle;

/// <summary>
/// The life of a session as one table. Pure: no clock, no I/O; every rule about order lives here and nowhere else. Thread-safe.
/// </summary>
public static class SessionLifecycle
{
    private static readonly int TriggerCount = Enum.GetValues<SessionTrigger>().Length;
    private static readonly int StatusCount = Enum.GetValues<SessionStatus>().Length;
    private static readonly SessionTransition?[] ByStatusAndTrigger = Index();

    /// <summary>Every row. A pair of status and trigger that is not here is not permitted.</summary>
    public static ImmutableArray<SessionTransition> Transitions { get; } = [.. ByStatusAndTrigger.OfType<SessionTransition>()];

    private static readonly ImmutableArray<SessionTransition>[] ByTrigger =
        [.. Enum.GetValues<SessionTrigger>().Select(t => Transitions.Where(row => row.Trigger == t).ToImmutableArray())];

    private static readonly ImmutableArray<SessionTrigger>[] ByStatus =
        [.. Enum.GetValues<SessionStatus>().Select(s => Transitions.Where(row => row.From == s).Select(row => row.Trigger).ToImmutableArray())];

    /// <summary>The row for a pair, or null when <paramref name="trigger"/> is not permitted in <paramref name="from"/>.</summary>
    public static SessionTransition? Find(SessionStatus from, SessionTrigger trigger) =>
        ByStatusAndTrigger[((int)from * TriggerCount) + (int)trigger];

    /// <summary>The rows of one trigger: from which statuses it is permitted, and where it leads from each.</summary>
    public static ImmutableArray<SessionTransition> RowsOf(SessionTrigger trigger) => ByTrigger[(int)trigger];

    /// <summary>Which technician may cause a trigger.</summary>
    internal static TechnicianRole RoleOf(SessionTrigger trigger) => RowsOf(trigger)[0].Role;

    /// <summary>What may happen in <paramref name="status"/>; empty for <see cref="SessionStatus.Closed"/> and <see cref="SessionStatus.Unreadable"/>.</summary>
    public static ImmutableArray<SessionTrigger> Permitted(SessionStatus status) => ByStatus[(int)status];

    private static SessionTransition?[] Index()
    {
        var table = new SessionTransition?[StatusCount * TriggerCount];
        foreach (var row in Declare())
            table[((int)row.From * TriggerCount) + (int)row.Trigger] = row;
        return table;
    }

    private static IEnumerable<SessionTransition> Declare()
    {
        // The code is out, or the applet is on its way.
        yield return new(Connecting, Join, Connecting, Customer);
        yield return new(Connecting, Ready, Waiting, Customer);
        yield return new(Connecting, AutoStart, Active, Policy);
        yield return new(Connecting, Decline, Closed, Customer, SessionEnd.Declined);
        yield return new(Connecting, Leave, Closed, Customer, SessionEnd.ByWaitingCustomer);
        yield return new(Connecting, Revoke, Closed, SessionActor.Technician, SessionEnd.Revoked);
        yield return new(Connecting, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician);
        yield return new(Connecting, Expire, Closed, SessionActor.Timer, SessionEnd.Expired);
        yield return new(Connecting, ConnectingTimeOut, Closed, SessionActor.Timer, SessionEnd.ConnectingTimedOut);
        yield return new(Connecting, Abort, Closed, Policy, SessionEnd.Aborted);

        // The customer waits in the queue.
        yield return new(Waiting, Join, Waiting, Customer);
        yield return new(Waiting, Start, Active, SessionActor.Technician);
        yield return new(Waiting, Transfer, Transferring, SessionActor.Technician) { Role = Owner };
        yield return new(Waiting, Reboot, Rebooting, SessionActor.Technician) { Role = Owner };
        yield return new(Waiting, LoseConnection, Reconnecting, Network);
        yield return new(Waiting, Leave, Closed, Customer, SessionEnd.ByWaitingCustomer);
        yield return new(Waiting, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician);
        yield return new(Waiting, Revoke, Closed, SessionActor.Technician, SessionEnd.Revoked);
        yield return new(Waiting, WaitingTimeOut, Closed, SessionActor.Timer, SessionEnd.WaitingTimedOut);
        yield return new(Waiting, Abort, Closed, Policy, SessionEnd.Aborted);

        // A technician helps.
        yield return new(Active, Join, Active, Customer);
        yield return new(Active, Hold, OnHold, SessionActor.Technician) { Role = Owner };
        yield return new(Active, Transfer, Transferring, SessionActor.Technician) { Role = Owner };
        yield return new(Active, Reboot, Rebooting, SessionActor.Technician) { Role = Owner };
        yield return new(Active, LoseConnection, Reconnecting, Network);
        yield return new(Active, IdleTimeOut, TimedOut, SessionActor.Timer);
        yield return new(Active, Leave, Closed, Customer, SessionEnd.ByCustomer);
        yield return new(Active, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician);
        yield return new(Active, Abort, Closed, Policy, SessionEnd.Aborted);

        yield return new(OnHold, Join, OnHold, Customer);
        yield return new(OnHold, Start, Active, SessionActor.Technician);
        yield return new(OnHold, Resume, Active, SessionActor.Technician);
        yield return new(OnHold, Leave, Closed, Customer, SessionEnd.ByCustomer);
        yield return new(OnHold, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician);
        yield return new(OnHold, HoldTimeOut, Closed, SessionActor.Timer, SessionEnd.HoldTimedOut);
        yield return new(OnHold, Abort, Closed, Policy, SessionEnd.Aborted);

        // Offered to a colleague: accepted it is active with them, otherwise back where it was.
        yield return new(Transferring, Join, Transferring, Customer);
        yield return new(Transferring, AcceptTransfer, Active, SessionActor.Technician) { Role = Recipient };
        yield return new(Transferring, DeclineTransfer, null, SessionActor.Technician) { Role = Recipient };
        yield return new(Transferring, TakeBackTransfer, null, SessionActor.Technician) { Role = Sender };
        yield return new(Transferring, TransferTimeOut, null, SessionActor.Timer);
        yield return new(Transferring, Reboot, Rebooting, SessionActor.Technician) { Role = Owner };
        yield return new(Transferring, LoseConnection, Reconnecting, Network);
        yield return new(Transferring, IdleTimeOut, TimedOut, SessionActor.Timer);
        yield return new(Transferring, Leave, Closed, Customer, SessionEnd.ByCustomer);
        yield return new(Transferring, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician);
        yield return new(Transferring, Abort, Closed, Policy, SessionEnd.Aborted);

        // Interruptions. An applet that is ready again leads back. So does a heartbeat, but not while the machine restarts: the
        // applet goes on beating for the seconds until it is ended.
        foreach (var interrupted in (SessionStatus[])[Rebooting, Reconnecting, Offline])
        {
            yield return new(interrupted, Join, interrupted, Customer);
            yield return new(interrupted, Ready, null, Customer);
            yield return new(interrupted, Leave, Closed, Customer, SessionEnd.ByCustomer);
            yield return new(interrupted, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician);
            yield return new(interrupted, Abort, Closed, Policy, SessionEnd.Aborted);
        }

        yield return new(Reconnecting, Return, null, Network);
        yield return new(Offline, Return, null, Network);
        yield return new(Rebooting, GoOffline, Offline, Network);
        yield return new(Reconnecting, GoOffline, Offline, Network);

        // A request for help that nobody has taken on ends in its time, also where its customer has gone.
        yield return new(Reconnecting, WaitingTimeOut, Closed, SessionActor.Timer, SessionEnd.WaitingTimedOut);
        yield return new(Offline, WaitingTimeOut, Closed, SessionActor.Timer, SessionEnd.WaitingTimedOut);

        yield return new(TimedOut, Join, TimedOut, Customer);
        yield return new(TimedOut, Leave, Closed, Customer, SessionEnd.ByCustomer);
        yield return new(TimedOut, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician);
        yield return new(TimedOut, Abort, Closed, Policy, SessionEnd.Aborted);
    }
}
