using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Deadlines;

/// <summary>Notices applets that have fallen silent. Any number of nodes may run it: one of them does the work.</summary>
internal sealed class SilenceSweep(ISessionStore store, SweepLease lease, TimeProvider time, SessionTelemetry telemetry)
{
    private const int BatchSize = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var silent = await store.FindSilentAsync(now, BatchSize, cancellationToken).ConfigureAwait(false);
            if (silent.IsEmpty || !await lease.IsHeldAsync(cancellationToken).ConfigureAwait(false))
                return;
            var applied = 0;
            foreach (var session in silent)
            {
                var change = new SessionChange
                {
                    Kind = SessionEventKind.Transition, Trigger = SessionTrigger.LoseConnection, At = now, Actor = SessionActor.Network,
                };
                var guard = new SessionGuard { Now = now, Silent = true };
                var result = await store.TransitionAsync(SessionSelector.ById(session.Id), guard, change, cancellationToken).ConfigureAwait(false);
                if (!result.Applied)
                    continue;
                applied++;
                telemetry.Changed(result.Session!.Session, SessionTrigger.LoseConnection);
            }

            // What is overdue meanwhile is refused until that is recorded, which is the other sweep's.
            if (silent.Length < BatchSize || applied == 0)
                return;
        }
    }
}
