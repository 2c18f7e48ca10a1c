using System.Collections.Concurrent;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Outbox;

/// <summary>Renews the leases of all messages that this process holds, in one step, while there are any. Thread-safe.</summary>
internal sealed class LeaseKeeper(IOutboxStore store, TimeProvider time, SessionTelemetry telemetry)
{
    /// <summary>How long a claim lasts unless it is renewed: what a killed process held goes out after this time.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<Guid, OutboxClaim> held = new();
    private ITimer? timer;
    private int renewing;

    /// <summary>Keeps a message until it is let go.</summary>
    public void Hold(OutboxClaim claim)
    {
        lock (gate)
        {
            held[claim.Message.Id] = claim;
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
        }
    }

    // The store may be back before the leases end.
    private async Task RenewAsync()
    {
        if (Interlocked.Exchange(ref renewing, 1) == 1)
            return;
        try
        {
            OutboxClaim[] claims = [.. held.Values];
            if (claims.Length == 0)
                return;
            var renewed = await store.RenewAsync([.. claims], time.GetUtcNow() + Lease, CancellationToken.None).ConfigureAwait(false);
            for (var i = 0; i < claims.Length; i++)
            {
                // Another sender has it, and would be disturbed.
                if (!renewed[i])
                    held.TryRemove(new(claims[i].Message.Id, claims[i]));
            }
        }
        catch (Exception failure)
        {
            telemetry.OutboxFailed(failure);
        }
        finally
        {
            Volatile.Write(ref renewing, 0);
        }
    }
}
