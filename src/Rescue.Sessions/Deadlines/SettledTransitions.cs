using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Deadlines;

/// <summary>Records what deadlines have made of sessions: by itself, and before a change that comes sooner than the sweep.</summary>
internal static class SettledTransitions
{
    // An offer ends, the customer waits too long: more than two deadlines in a row have not come at one moment.
    private const int Most = 3;

    /// <summary>A change to a session, and to what its deadline has made of it when the sweep has not come by yet.</summary>
    /// <param name="store">The store.</param>
    /// <param name="selector">The session.</param>
    /// <param name="guard">The guard.</param>
    /// <param name="change">The change.</param>
    /// <param name="mayRecord">Whether the caller is proven to have to do with the session.</param>
    /// <param name="telemetry">Where it is counted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async ValueTask<TransitionResult> TransitionSettledAsync(
        this ISessionStore store,
        SessionSelector selector,
        SessionGuard guard,
        SessionChange change,
        Func<StoredSession, bool> mayRecord,
        SessionTelemetry telemetry,
        CancellationToken cancellationToken)
    {
        var result = await store.TransitionAsync(selector, guard, change, cancellationToken).ConfigureAwait(false);
        for (var times = 0; times < Most && !result.Applied && IsAwaited(result.Session, guard.Now, change) && mayRecord(result.Session!); times++)
        {
            await store.RecordOverdueAsync(result.Session!.Session, guard.Now, telemetry, cancellationToken).ConfigureAwait(false);
            result = await store.TransitionAsync(selector, guard, change, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>
    /// Records what a deadline has made of a session, if it is so; whether it was recorded here. Any number of nodes may try: the guard lets one of them through.
    /// </summary>
    public static async ValueTask<bool> RecordOverdueAsync(
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
        return result.Applied;
    }

    // What is refused afterwards too is left to the sweep.
    private static bool IsAwaited(StoredSession? stored, DateTimeOffset now, SessionChange change) =>
        stored?.Session is { Deadline: { } deadline } session && deadline.At <= now && change.IsPermittedIn(session.Settle(now).Status, out _);
}
