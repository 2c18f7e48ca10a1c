using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Deadlines;

/// <summary>
/// Lets one of many nodes do the sweeps' work. It is asked for when there is work, so that idle nodes write nothing, and another node goes on
/// seconds after one that has died. Used by one caller at a time.
/// </summary>
internal sealed class SweepLease(IDeadlineStore store, TimeProvider time)
{
    private const string Work = "sweeps";

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private readonly string node = Guid.NewGuid().ToString("N");
    private DateTimeOffset heldUntil = DateTimeOffset.MinValue;

    /// <summary>Whether this node has the work now.</summary>
    public async ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + Length;
        if (heldUntil - now > Length / 2 && heldUntil <= until)
            return true;
        var held = await store.TryLeaseAsync(Work, node, now, until, cancellationToken).ConfigureAwait(false);
        heldUntil = held ? until : DateTimeOffset.MinValue;
        return held;
    }
}
