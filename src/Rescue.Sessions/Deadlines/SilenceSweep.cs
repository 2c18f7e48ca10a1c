using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Deadlines;

/// <summary>Notices applets that have fallen silent. Any number of nodes may run it: one of them does the work.</summary>
internal sealed class SilenceSweep(ISessionStore store, SweepLease lease, TimeProvider time, SessionTelemetry telemetry)
{
    public Task RunAsync(CancellationToken cancellationToken) => SweepBatches.RunAsync(
        lease,
        time,
        store.FindSilentAsync,
        async (session, now) =>
        {
            var change = new SessionChange
            {
                Kind = SessionEventKind.Transition, Trigger = SessionTrigger.LoseConnection, At = now, Actor = SessionActor.Network,
            };
            var guard = new SessionGuard { Now = now, Silent = true };
            var result = await store.TransitionAsync(SessionSelector.ById(session.Id), guard, change, cancellationToken).ConfigureAwait(false);
            if (result.Applied)
                telemetry.Changed(result.Session!.Session, SessionTrigger.LoseConnection);
            return result.Applied;
        },
        cancellationToken);
}
