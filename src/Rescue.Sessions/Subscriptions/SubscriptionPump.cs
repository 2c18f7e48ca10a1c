using Microsoft.Extensions.Options;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Subscriptions;

/// <summary>
/// Works the durable subscriptions until the host stops. Here alone they write, one after the other, so that a store that is out of reach is waited for in one
/// place; handlers run beside it.
/// </summary>
internal sealed class SubscriptionPump(
    IEnumerable<Subscription> subscriptions,
    ISubscriptionStore store,
    ISessionStore sessions,
    SubscriptionHandling handling,
    SessionFeed feed,
    IOptionsMonitor<SubscriptionOptions> options,
    SubscriptionSignal signal,
    TimeProvider time,
    SessionTelemetry telemetry)
    : PumpService
{
    // What was handled in this time is handled once more after a crash; more often would be a write for each event.
    private static readonly TimeSpan SavePause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(1);

    private readonly string node = Guid.NewGuid().ToString("N");

    protected override async Task RunAsync(CancellationToken ending, CancellationToken stopping)
    {
        SubscriptionWorker[] workers =
        [
            .. subscriptions.Select(subscription => new SubscriptionWorker(
                subscription, options.Get(subscription.Name), node, store, sessions, handling, feed, signal, time, telemetry)),
        ];
        try
        {
            while (true)
            {
                var pause = await TurnAsync(workers, ending).ConfigureAwait(false) ? SavePause : OutagePause;
                await Task.Delay(pause, time, ending).ConfigureAwait(false);
                await signal.WaitAsync(SubscriptionRun.RenewalInterval - pause, time, ending).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Another node goes on.
        }

        await Task.WhenAll(workers.Select(StopAsync)).ConfigureAwait(false);
    }

    private async Task<bool> TurnAsync(SubscriptionWorker[] workers, CancellationToken ending)
    {
        try
        {
            foreach (var worker in workers)
                await worker.TurnAsync(ending).ConfigureAwait(false);
            telemetry.SubscriptionsGoOn();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ending.IsCancellationRequested)
        {
            telemetry.SubscriptionsWait(failure);
            signal.Set();
            return false;
        }
    }

    private async Task StopAsync(SubscriptionWorker worker)
    {
        try
        {
            await worker.StopAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // What was not stored is handled again.
            telemetry.SubscriptionsWait(failure);
        }
    }
}
