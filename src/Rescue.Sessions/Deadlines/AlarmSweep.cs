using System.Globalization;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Deadlines;

/// <summary>Puts alarms into history and event streams. Any number of nodes may run it: one of them does the work.</summary>
internal sealed class AlarmSweep(ISessionStore store, SweepLease lease, TimeProvider time)
{
    public Task RunAsync(CancellationToken cancellationToken) => SweepBatches.RunAsync(
        lease,
        time,
        store.FindAlarmsAsync,
        async (session, now) =>
        {
            var level = session.Alarm!.Value.Level;
            var change = new SessionChange
            {
                Kind = SessionEventKind.Alarm, At = now, Actor = SessionActor.Timer, Detail = level.ToString(CultureInfo.InvariantCulture),
            };
            var guard = new SessionGuard { Now = now, AlarmLevel = level };
            return (await store.TransitionAsync(SessionSelector.ById(session.Id), guard, change, cancellationToken).ConfigureAwait(false)).Applied;
        },
        cancellationToken);
}
