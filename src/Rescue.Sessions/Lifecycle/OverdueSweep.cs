using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Lifecycle;

/// <summary>
/// Records what time alone has done to sessions. Nothing depends on when it runs, for reads and guards look at the deadline themselves;
/// it makes the change visible to history and event streams. Any number of nodes may run it.
/// </summary>
internal sealed class OverdueSweep(ISessionStore store, TimeProvider time, SessionTelemetry telemetry)
{
    private const int BatchSize = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var overdue = await store.FindOverdueAsync(now, BatchSize, cancellationToken).ConfigureAwait(false);
            foreach (var session in overdue)
                await RecordAsync(session, now, cancellationToken).ConfigureAwait(false);
            if (overdue.Length < BatchSize)
                return;
        }
    }

    private async Task RecordAsync(Session session, DateTimeOffset now, CancellationToken cancellationToken)
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
