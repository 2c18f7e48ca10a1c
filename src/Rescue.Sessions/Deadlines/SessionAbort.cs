using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Deadlines;

/// <summary>Ends a session because those are gone who could serve it.</summary>
internal static class SessionAbort
{
    private const int MostInVain = 2;

    // An unreadable session cannot be ended by anybody.
    private static readonly SessionStatus[] Open = [.. Enum.GetValues<SessionStatus>().Except([SessionStatus.Closed, SessionStatus.Unreadable])];

    /// <returns>Whether it did; false for one that has ended, and for one that the guard keeps.</returns>
    public static async ValueTask<bool> AbortAsync(
        this ISessionStore store, SessionId id, SessionGuard guard, SessionTelemetry telemetry, CancellationToken cancellationToken)
    {
        var change = new SessionChange { Kind = SessionEventKind.Transition, Trigger = SessionTrigger.Abort, At = guard.Now, Actor = SessionActor.Policy };
        var result = await store.TransitionSettledAsync(SessionSelector.ById(id), guard, change, _ => true, telemetry, cancellationToken).ConfigureAwait(false);
        if (result.Applied)
            telemetry.Changed(result.Session!.Session, SessionTrigger.Abort);
        return result.Applied;
    }

    /// <summary>Ends every open session of a tenant.</summary>
    /// <returns>How many; without those whose time was over, which is recorded.</returns>
    public static async ValueTask<int> AbortAllAsync(
        this ISessionStore store, string tenant, TimeProvider time, SessionTelemetry telemetry, CancellationToken cancellationToken)
    {
        var (aborted, inVain) = (0, 0);
        // One whose deadlines have come takes a round for each of them, and a sweep may be faster.
        while (inVain < MostInVain)
        {
            var (changed, any) = (0, false);
            var open = new SessionQuery { Tenant = tenant, Statuses = Open, Limit = SessionQuery.MaxLimit };
            while (await store.ListAsync(open, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } page)
            {
                any = true;
                foreach (var session in page)
                {
                    var now = time.GetUtcNow();
                    if (session.Deadline?.At <= now)
                    {
                        changed += await store.RecordOverdueAsync(session, now, telemetry, cancellationToken).ConfigureAwait(false) ? 1 : 0;
                    }
                    else if (await store.AbortAsync(session.Id, new() { Now = now, Tenant = tenant }, telemetry, cancellationToken).ConfigureAwait(false))
                    {
                        changed++;
                        aborted++;
                    }
                }

                open = open with { After = page[^1].Id };
            }

            if (!any)
                break;
            inVain = changed > 0 ? 0 : inVain + 1;
        }

        return aborted;
    }
}
