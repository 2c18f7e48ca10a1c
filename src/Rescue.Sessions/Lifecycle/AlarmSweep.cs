using System.Globalization;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Lifecycle;

/// <summary>Puts alarms into history and event streams. Any number of nodes may run it: an alarm is raised once.</summary>
internal sealed class AlarmSweep(ISessionStore store, TimeProvider time)
{
    private const int BatchSize = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var due = await store.FindAlarmsAsync(now, BatchSize, cancellationToken).ConfigureAwait(false);
            foreach (var session in due)
            {
                var level = session.Alarm!.Value.Level;
                var change = new SessionChange
                {
                    Kind = SessionEventKind.Alarm, At = now, Actor = SessionActor.Timer, Detail = level.ToString(CultureInfo.InvariantCulture),
                };
                var guard = new SessionGuard { Now = now, AlarmLevel = level };
                await store.TransitionAsync(SessionSelector.ById(session.Id), guard, change, cancellationToken).ConfigureAwait(false);
            }

            if (due.Length < BatchSize)
                return;
        }
    }
}
