using System.Collections.Concurrent;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Outbox;

/// <summary>Renews the leases of all messages that this process holds, while there are any. Thread-safe.</summary>
#pragma warning disable CA1001 // Who gives back what is held while the host stops comes to the end of it, and a semaphore whose wait handle nobody asks for holds nothing.
internal sealed class LeaseKeeper(IOutboxStore store, TimeProvider time, SessionTelemetry telemetry)
#pragma warning restore CA1001
{
    /// <summary>How long a claim lasts unless it is renewed: what a killed process held goes out after this time.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // A statement takes no more variables than a database allows, and the more there are the longer it looks for each of its rows.
    private const int MostInAStatement = 256;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly ConcurrentDictionary<Guid, OutboxClaim> held = new();
    private ITimer? timer;
    private DateTimeOffset furthest;

    /// <summary>Keeps a message until it is let go.</summary>
    public void Hold(OutboxClaim claim)
    {
        lock (gate)
        {
            held[claim.Message.Id] = claim;
            Note(claim.LeaseUntil);
            timer ??= time.CreateTimer(_ => _ = RenewAsync(), null, Interval, Interval);
        }
    }

    /// <summary>Lets a message go, whose outcome is recorded or whose lease may end.</summary>
    public void Release(OutboxClaim claim)
    {
        lock (gate)
        {
            held.TryRemove(new(claim.Message.Id, claim));
            if (!held.IsEmpty)
                return;
            timer?.Dispose();
            timer = null;
            furthest = default;
        }
    }

    /// <summary>Sees to it that what is held is held until a moment at the latest: one that is further off was written before the clock was set back.</summary>
    /// <exception cref="SessionStoreException">The store failed.</exception>
    public async Task KeepWithinAsync(DateTimeOffset latest)
    {
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (IsBeyond(latest))
                await RenewHeldAsync().ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Sets until when others leave messages alone that were let go. A renewal that is under way comes before it.</summary>
    /// <exception cref="SessionStoreException">The store failed.</exception>
    public async Task RenewAsync(OutboxClaim[] claims, DateTimeOffset leaseUntil)
    {
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (var group in claims.Chunk(MostInAStatement))
                await store.RenewAsync([.. group], leaseUntil, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    // The store may be back before the leases end.
    private async Task RenewAsync()
    {
        if (!turn.Wait(0))
            return;
        try
        {
            await RenewHeldAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            telemetry.OutboxFailed(failure);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task RenewHeldAsync()
    {
        var until = time.GetUtcNow() + Lease;
        DateTimeOffset before;
        OutboxClaim[] claims;
        lock (gate)
        {
            (before, furthest) = (furthest, until);
            claims = [.. held.Values];
        }

        try
        {
            foreach (var group in claims.Chunk(MostInAStatement))
            {
                var renewed = await store.RenewAsync([.. group], until, CancellationToken.None).ConfigureAwait(false);
                for (var i = 0; i < group.Length; i++)
                {
                    // Another sender has it, and would be disturbed.
                    if (!renewed[i])
                        held.TryRemove(new(group[i].Message.Id, group[i]));
                }
            }
        }
        catch
        {
            Note(before);
            throw;
        }
    }

    private void Note(DateTimeOffset leaseUntil)
    {
        lock (gate)
        {
            if (furthest < leaseUntil)
                furthest = leaseUntil;
        }
    }

    private bool IsBeyond(DateTimeOffset latest)
    {
        lock (gate)
            return furthest > latest;
    }
}
