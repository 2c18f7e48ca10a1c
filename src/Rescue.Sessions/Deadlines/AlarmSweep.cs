using System.Globalization;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Deadlines;

/// <summary>Puts alarms into history and event streams. Any number of nodes may run it: one of them does the work.</summary>
internal sealed class AlarmSweep(ISessionStore store, SweepLease lease, TimeProvider time)
{
    private const int BatchSize = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var due = await store.FindAlarmsAsync(now, BatchSize, cancellationToken).ConfigureAwait(false);
            if (due.IsEmpty || !await lease.IsHeldAsync(cancellationToken).ConfigureAwait(false))
                return;
            var applied = 0;
            foreach (var session in due)
            {
                var level = session.Alarm!.Value.Level;
                var change = new SessionChange
                {
                    Kind = SessionEventKind.Alarm, At = now, Actor = SessionActor.Timer, Detail = level.ToString(CultureInfo.InvariantCulture),
                };
                var guard = new SessionGuard { Now = now, AlarmLevel = level };
                if ((await store.TransitionAsync(SessionSelector.ById(session.Id), guard, change, cancellationToken).ConfigureAwait(false)).Applied)
                    applied++;
            }

            // What is overdue meanwhile is refused until that is recorded, which is the other sweep's.
            if (due.Length < BatchSize || applied == 0)
                return;
        }
    }
}
