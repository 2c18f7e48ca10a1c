using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Deadlines;

/// <summary>
/// Records what time alone has done to sessions. Nothing depends on when it runs, for reads and guards look at the deadline themselves;
/// it makes the change visible to history and event streams. Any number of nodes may run it: one of them does the work.
/// </summary>
internal sealed class OverdueSweep(ISessionStore store, SweepLease lease, TimeProvider time, SessionTelemetry telemetry)
{
    private const int BatchSize = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var overdue = await store.FindOverdueAsync(now, BatchSize, cancellationToken).ConfigureAwait(false);
            if (overdue.IsEmpty || !await lease.IsHeldAsync(cancellationToken).ConfigureAwait(false))
                return;
            foreach (var session in overdue)
                await store.RecordAsync(session, now, telemetry, cancellationToken).ConfigureAwait(false);
            if (overdue.Length < BatchSize)
                return;
        }
    }
}
