using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Retention;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Testing;

/// <summary>What the service does in the background, once and to its end.</summary>
internal sealed class DueWork(
    ISessionStore store, OutboxSender sender, OverdueSweep overdue, SilenceSweep silence, AlarmSweep alarms, GuestSweep guests, RetentionSweep retention, TriedCodes tried, TimeProvider time)
{
    private const int MostAtOnce = 64;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await SendAsync(cancellationToken).ConfigureAwait(false);
        await overdue.RunAsync(cancellationToken).ConfigureAwait(false);
        await silence.RunAsync(cancellationToken).ConfigureAwait(false);
        await alarms.RunAsync(cancellationToken).ConfigureAwait(false);
        await guests.RunAsync(cancellationToken).ConfigureAwait(false);
        await retention.RunAsync(cancellationToken).ConfigureAwait(false);
        await tried.RecordAsync(cancellationToken).ConfigureAwait(false);
    }

    // A message that is put off has a moment that is yet to come, so this ends.
    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var claims = await store.ClaimAsync(now, now + LeaseKeeper.Lease, MostAtOnce, null, cancellationToken).ConfigureAwait(false);
            if (claims.IsEmpty)
                return;
            await Task.WhenAll(claims.Select(claim => sender.SendAsync(claim, cancellationToken))).ConfigureAwait(false);
        }
    }
}
