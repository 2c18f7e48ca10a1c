using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Verbs;

/// <summary>What technicians can do, and who of them can: said to them beforehand, and asked of the store when they do it.</summary>
internal static class TechnicianTriggers
{
    private static readonly ImmutableArray<SessionTrigger> All =
        [.. SessionLifecycle.Transitions.Where(row => row.Actor == SessionActor.Technician).Select(row => row.Trigger).Distinct()];

    /// <summary>What a technician may do with a session in its present status.</summary>
    public static ImmutableArray<SessionTrigger> PermittedFor(Technician technician, Session session) =>
        [.. SessionLifecycle.Permitted(session.Status).Where(trigger => All.Contains(trigger) && IsTheirs(session, technician, trigger))];

    /// <summary>The same as conditions of a change.</summary>
    public static SessionGuard GuardOf(SessionTrigger trigger, Technician technician, DateTimeOffset now)
    {
        var guard = new SessionGuard { Now = now, Tenant = technician.Tenant };
        return trigger switch
        {
            SessionTrigger.Hold or SessionTrigger.Transfer or SessionTrigger.Reboot => guard with { Owner = technician.Id },
            SessionTrigger.AcceptTransfer or SessionTrigger.DeclineTransfer => guard with { OfferedTo = technician.Id },
            SessionTrigger.TakeBackTransfer => guard with { OfferedBy = technician.Id },
            _ => guard,
        };
    }

    /// <summary>Whether a trigger answers an offer, which is the affair of the two between whom it was made.</summary>
    public static bool IsAnswer(SessionTrigger trigger) =>
        trigger is SessionTrigger.AcceptTransfer or SessionTrigger.DeclineTransfer or SessionTrigger.TakeBackTransfer;

    private static bool IsTheirs(Session session, Technician technician, SessionTrigger trigger) => trigger switch
    {
        SessionTrigger.Hold or SessionTrigger.Transfer or SessionTrigger.Reboot => session.Owner is null || session.Owner.Id == technician.Id,
        SessionTrigger.AcceptTransfer or SessionTrigger.DeclineTransfer => session.Offer?.To == technician.Id,
        SessionTrigger.TakeBackTransfer => session.Offer?.From.Id == technician.Id,
        _ => true,
    };
}
