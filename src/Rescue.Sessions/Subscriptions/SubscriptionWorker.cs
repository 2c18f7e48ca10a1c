using Rescue.Sessions.Feed;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Subscriptions;

/// <summary>Sees to it that a subscription is worked by one node, and stores how far it has come where it is this one. Used by one caller at a time.</summary>
internal sealed class SubscriptionWorker(
    Subscription subscription,
    SubscriptionOptions options,
    string node,
    ISubscriptionStore store,
    ISessionStore sessions,
    SubscriptionHandling handling,
    SessionFeed feed,
    SubscriptionSignal signal,
    TimeProvider time,
    SessionTelemetry telemetry)
{
    // More than are ever held, but for what somebody lets be tried again.
    private const int MostHeld = 10_000;

    private SubscriptionRun? run;
    private Task ending = Task.CompletedTask;

    // What comes to its end, or has come to it, with the lease still here.
    private SubscriptionRun? leaving;
    private DateTimeOffset nextTry;
    private DateTimeOffset nextLook;
    private int looks;
    private long? start;

    /// <summary>Takes the subscription if it is free, or stores what there is to be stored.</summary>
    /// <exception cref="SessionStoreException">The store failed; it is tried at the next turn.</exception>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        // What is still being handled under a lease that was lost is waited for, so that this node does not do it twice.
        if (!ending.IsCompleted)
        {
            await KeepAsync().ConfigureAwait(false);
            return;
        }

        if (run?.Failure is { } failure)
        {
            telemetry.SubscriptionFailed(subscription.Name, failure);
            End(run, isLost: false);
        }
        else if (run is not null)
        {
            await SaveAsync(run).ConfigureAwait(false);
        }
        else if (time.GetUtcNow() is var now && IsTime(nextTry, now))
        {
            await TakeAsync(now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the work, and lets another node have it at once.</summary>
    public async Task StopAsync()
    {
        if (run is not null)
            End(run, isLost: false);
        while (await Task.WhenAny(ending, Task.Delay(SubscriptionRun.RenewalInterval, time)).ConfigureAwait(false) != ending)
            await TryKeepAsync().ConfigureAwait(false);
        await ending.ConfigureAwait(false);
        // It may have come to a stand by itself a moment ago, or have been taken and never begun.
        if (leaving is not null)
            await store.SaveAsync(leaving.Progress(time.GetUtcNow()), CancellationToken.None).ConfigureAwait(false);
    }

    // The next time is never further off, unless the clock was set back.
    private static bool IsTime(DateTimeOffset next, DateTimeOffset now) => now >= next || next > now + SubscriptionRun.RenewalInterval;

    private async Task TakeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        start ??= options.Start == SubscriptionStart.Beginning ? 0 : await sessions.ReadLatestSequenceAsync(cancellationToken).ConfigureAwait(false);
        var leaseUntil = now + SubscriptionRun.Lease;
        if (await store.TryTakeAsync(subscription.Name, node, now, leaseUntil, start.Value, CancellationToken.None).ConfigureAwait(false) is not { } lease)
        {
            nextTry = now + SubscriptionRun.RenewalInterval;
            return;
        }

        telemetry.SubscriptionTaken(subscription.Name);
        var taken = new SubscriptionRun(subscription, options, lease, leaseUntil, handling, feed, signal, time, telemetry);
        // Whatever comes in between, be it that the host stops, the lease is given back at the end.
        leaving = taken;
        // Parked first: what somebody lets be tried again in between is among the others then.
        foreach (var parked in (bool[])[true, false])
            taken.Know(await store.ReadHeldAsync(subscription.Name, parked, lease.Position, MostHeld, CancellationToken.None).ConfigureAwait(false));
        await LookAsync(taken, CancellationToken.None).ConfigureAwait(false);
        taken.Start();
        (run, leaving) = (taken, null);
    }

    private async Task SaveAsync(SubscriptionRun working)
    {
        if (time.GetUtcNow() is var now && working.HasChanges(now))
        {
            var progress = working.Progress(now + SubscriptionRun.Lease);
            if (!await store.SaveAsync(progress, CancellationToken.None).ConfigureAwait(false))
            {
                telemetry.SubscriptionLost(subscription.Name);
                End(working, isLost: true);
                return;
            }

            working.Saved(progress);
        }

        if (looks != signal.Looks || IsTime(nextLook, time.GetUtcNow()))
            await LookAsync(working, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task LookAsync(SubscriptionRun working, CancellationToken cancellationToken)
    {
        looks = signal.Looks;
        nextLook = time.GetUtcNow() + SubscriptionRun.RenewalInterval;
        working.Add(await store.ReadHeldAsync(subscription.Name, parked: false, 0, MostHeld, cancellationToken).ConfigureAwait(false));
    }

    // Another node would take over and do what is still being done here.
    private async Task KeepAsync()
    {
        if (leaving is null)
            return;
        var progress = leaving.Progress(time.GetUtcNow() + SubscriptionRun.Lease);
        if (await store.SaveAsync(progress, CancellationToken.None).ConfigureAwait(false))
        {
            leaving.Saved(progress);
        }
        else
        {
            telemetry.SubscriptionLost(subscription.Name);
            leaving = null;
        }
    }

    // The store may be back before the lease ends.
    private async Task TryKeepAsync()
    {
        try
        {
            await KeepAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            telemetry.SubscriptionsWait(failure);
        }
    }

    private void End(SubscriptionRun ended, bool isLost)
    {
        leaving = isLost ? null : ended;
        ending = ended.DisposeAsync().AsTask();
        run = null;
        nextTry = time.GetUtcNow() + SubscriptionRun.RenewalInterval;
    }
}
