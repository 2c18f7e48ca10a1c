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
    public Task RunAsync(CancellationToken cancellationToken) => SweepBatches.RunAsync(
        lease,
        time,
        store.FindGuestsOverdueAsync,
        async (session, now) =>
        {
            var isRecorded = false;
            foreach (var guest in session.Guests!.Where(guest => guest.EndedAt is null && guest.ExpiresAt <= now))
                isRecorded |= await EndAsync(session, guest, now, cancellationToken).ConfigureAwait(false);
            return isRecorded;
        },
        cancellationToken);

    private async ValueTask<bool> EndAsync(Session session, Guest guest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var change = new SessionChange
        {
            Kind = SessionEventKind.GuestLeft, At = now, Actor = SessionActor.Timer, Detail = guest.Name,
            Guest = new() { Id = guest.Id, End = GuestState.Expired },
        };
        return (await store.TransitionAsync(SessionSelector.ById(session.Id), new() { Now = now }, change, cancellationToken).ConfigureAwait(false)).Applied;
    }
}
