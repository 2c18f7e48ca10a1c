using Rescue.Sessions.Guests;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Deadlines;

/// <summary>
/// Records that guests' time has passed. Nothing depends on when it runs, for everybody looks at the time themselves. Any number of nodes may run it: one of them
/// does the work.
/// </summary>
internal sealed class GuestSweep(ISessionStore store, SweepLease lease, TimeProvider time)
{
    private const int BatchSize = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var overdue = await store.FindGuestsOverdueAsync(now, BatchSize, cancellationToken).ConfigureAwait(false);
            if (overdue.IsEmpty || !await lease.IsHeldAsync(cancellationToken).ConfigureAwait(false))
                return;
            var applied = 0;
            foreach (var session in overdue)
            {
                foreach (var guest in session.Guests!.Where(guest => guest.EndedAt is null && guest.ExpiresAt <= now))
                {
                    if (await EndAsync(session, guest, now, cancellationToken).ConfigureAwait(false))
                        applied++;
                }
            }

            // What is overdue meanwhile is refused until that is recorded, which is the other sweep's.
            if (overdue.Length < BatchSize || applied == 0)
                return;
        }
    }

    private async Task<bool> EndAsync(Session session, Guest guest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var change = new SessionChange
        {
            Kind = SessionEventKind.GuestLeft, At = now, Actor = SessionActor.Timer, Detail = guest.Name,
            Guest = new() { Id = guest.Id, End = GuestState.Expired },
        };
        return (await store.TransitionAsync(SessionSelector.ById(session.Id), new() { Now = now }, change, cancellationToken).ConfigureAwait(false)).Applied;
    }
}
