using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Outbox;

/// <summary>Sends what the outbox holds, as soon as it is stored and again after failures, until the host stops.</summary>
internal sealed class OutboxPump(
    ISessionStore store, OutboxSender sender, IOptionsMonitor<RescueSessionsOptions> options, TimeProvider time, SessionTelemetry telemetry)
    : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var inFlight = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                await TurnAsync(inFlight, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: nothing more is claimed.
        }

        // What is being sent is sent to its end, so that its answer is recorded.
        await Task.WhenAll(inFlight).ConfigureAwait(false);
    }

    private async Task TurnAsync(List<Task> inFlight, CancellationToken stoppingToken)
    {
        inFlight.RemoveAll(task => task.IsCompleted);
        var outbox = options.CurrentValue.Outbox;
        var free = outbox.Concurrency - inFlight.Count;
        if (free <= 0)
        {
            await Task.WhenAny(inFlight).WaitAsync(stoppingToken).ConfigureAwait(false);
            return;
        }

        try
        {
            var latest = await store.ReadLatestSequenceAsync(stoppingToken).ConfigureAwait(false);
            var now = time.GetUtcNow();
            var request = new OutboxClaimRequest(now, now + OutboxSender.Lease, free) { Horizon = now + OutboxSender.Lease + outbox.MaxRetryDelay };
            var claims = await store.ClaimAsync(request, stoppingToken).ConfigureAwait(false);
            foreach (var claim in claims)
                inFlight.Add(sender.SendAsync(claim, stoppingToken));
            if (claims.IsEmpty)
                await WaitAsync(latest, inFlight, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The store is out of reach: what is stored in it waits with it.
            telemetry.OutboxFailed(failure);
            await Task.Delay(PollInterval, time, stoppingToken).ConfigureAwait(false);
        }
    }

    // A change may have brought a message, an attempt that ended may have brought a retry, and time may have made one due.
    private async Task WaitAsync(long latest, List<Task> inFlight, CancellationToken stoppingToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(
            [store.WaitForEventsAsync(latest, waiting.Token), Task.Delay(PollInterval, time, waiting.Token), .. inFlight]).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        stoppingToken.ThrowIfCancellationRequested();
    }
}
