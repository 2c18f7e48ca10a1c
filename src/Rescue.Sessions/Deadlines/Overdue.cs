using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Deadlines;

/// <summary>Records what a deadline has made of a session.</summary>
internal static class Overdue
{
    /// <summary>Records it if it is so. Any number of nodes may try: the guard lets one of them through.</summary>
    public static async ValueTask RecordAsync(
        this ISessionStore store, Session session, DateTimeOffset now, SessionTelemetry telemetry, CancellationToken cancellationToken)
    {
        var deadline = session.Deadline!.Value;
        var change = new SessionChange
        {
            Kind = SessionEventKind.Transition, Trigger = deadline.Trigger, At = deadline.At,
            Actor = SessionLifecycle.RowsOf(deadline.Trigger)[0].Actor,
        };
        var guard = new SessionGuard { Now = now, Overdue = true };
        var result = await store.TransitionAsync(SessionSelector.ById(session.Id), guard, change, cancellationToken).ConfigureAwait(false);
        if (result.Applied)
            telemetry.Changed(result.Session!.Session, deadline.Trigger);
    }
}
