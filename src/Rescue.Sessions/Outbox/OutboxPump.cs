using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Outbox;

/// <summary>Sends what the outbox holds, as soon as it is stored and again after failures, until the host stops.</summary>
internal sealed class OutboxPump(
    ISessionStore store,
    OutboxSender sender,
    LeaseKeeper leases,
    SessionFeed feed,
    IOptionsMonitor<RescueSessionsOptions> options,
    TimeProvider time,
    SessionTelemetry telemetry)
    : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    // What was put off too far can have been written at any time by another machine, but is rare.
    private static readonly TimeSpan RecallInterval = TimeSpan.FromSeconds(10);

    // Claimed and not begun: the next group is there when the one before has been sent.
    private readonly Queue<OutboxClaim> waiting = [];
    private readonly List<Task> sending = [];
    private DateTimeOffset recalledAt;
    private bool more = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changes = feed.Signal();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                await TurnAsync(changes, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: nothing more is claimed.
        }

        await GiveBackAsync().ConfigureAwait(false);
        // What is being sent is sent to its end, so that its answer is recorded.
        await Task.WhenAll(sending).ConfigureAwait(false);
    }

    private async Task TurnAsync(FeedSignal changes, CancellationToken stoppingToken)
    {
        sending.RemoveAll(task => task.IsCompleted);
        var outbox = options.CurrentValue.Outbox;
        while (sending.Count < outbox.Concurrency && waiting.TryDequeue(out var next))
            sending.Add(sender.SendAsync(next, stoppingToken));
        try
        {
            if (waiting.Count <= outbox.Concurrency / 2 && (more || sending.Count < outbox.Concurrency))
            {
                more = await ClaimAsync(outbox, stoppingToken).ConfigureAwait(false);
                if (!more && waiting.Count == 0)
                    await WaitAsync(changes, stoppingToken).ConfigureAwait(false);
            }
            else
            {
                await Task.WhenAny(sending).WaitAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The store is out of reach: what is stored in it waits with it.
            telemetry.OutboxFailed(failure);
            await Task.Delay(PollInterval, time, stoppingToken).ConfigureAwait(false);
        }
    }

    // Whether there may be more than was given.
    private async Task<bool> ClaimAsync(OutboxOptions outbox, CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        var request = new OutboxClaimRequest(now, now + LeaseKeeper.Lease, Math.Max(outbox.Concurrency - waiting.Count, 1));
        if (now < recalledAt || now - recalledAt >= RecallInterval)
        {
            request = request with { Horizon = now + LeaseKeeper.Lease + outbox.MaxRetryDelay };
            recalledAt = now;
        }

        var claims = await store.ClaimAsync(request, stoppingToken).ConfigureAwait(false);
        foreach (var claim in claims)
        {
            leases.Hold(claim);
            waiting.Enqueue(claim);
        }

        return claims.Length == request.Limit;
    }

    // A change may have brought a message, an attempt that ended may have brought a retry, and time may have made one due.
    private async Task WaitAsync(FeedSignal changes, CancellationToken stoppingToken)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(
            [changes.WaitAsync(woken.Token), Task.Delay(PollInterval, time, woken.Token), .. sending]).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
        stoppingToken.ThrowIfCancellationRequested();
    }

    // Another node need not wait for the leases to end.
    private async Task GiveBackAsync()
    {
        OutboxClaim[] unsent = [.. waiting];
        waiting.Clear();
        foreach (var claim in unsent)
            leases.Release(claim);
        try
        {
            if (unsent.Length > 0)
                await store.RenewAsync([.. unsent], time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (SessionStoreException failure)
        {
            telemetry.OutboxFailed(failure);
        }
    }
}
