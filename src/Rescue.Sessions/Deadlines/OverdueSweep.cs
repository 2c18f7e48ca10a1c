using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Deadlines;

/// <summary>
/// Records what time alone has done to sessions. Nothing depends on when it runs, for reads and guards look at the deadline themselves;
/// it makes the change visible to history and event streams. Any number of nodes may run it: one of them does the work.
/// </summary>
internal sealed class OverdueSweep(ISessionStore store, SweepLease lease, TimeProvider time, SessionTelemetry telemetry)
{
    public Task RunAsync(CancellationToken cancellationToken) => SweepBatches.RunAsync(
        lease,
        time,
        store.FindOverdueAsync,
        async (session, now) => await store.RecordOverdueAsync(session, now, telemetry, cancellationToken).ConfigureAwait(false),
        cancellationToken);
}
