using System.Collections.Immutable;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Subscriptions;

/// <summary>
/// A subscription while this node has it: takes events from the feed and hands each session's out in their order, as many sessions' at once as is set, and
/// none without a lease. Thread-safe.
/// </summary>
internal sealed class SubscriptionRun : IAsyncDisposable
{
    /// <summary>How long a node has a subscription unless it stores something under it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>How often it does so though nothing happens.</summary>
    public static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(5);

    private readonly Subscription subscription;
    private readonly SubscriptionOptions options;
    private readonly SubscriptionHandling handling;
    private readonly SessionFeed feed;
    private readonly SubscriptionSignal signal;
    private readonly TimeProvider time;
    private readonly SubscriptionLease lease;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim places;
    private readonly WakeFlag room = new();
    private readonly WakeFlag due = new();
    private readonly SubscriptionLanes lanes;
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task following = Task.CompletedTask;
    private Task retrying = Task.CompletedTask;
    private Exception? failure;
    private DateTimeOffset leaseUntil;
    private int active;

    public SubscriptionRun(
        Subscription subscription,
        SubscriptionOptions options,
        SubscriptionLease lease,
        DateTimeOffset leaseUntil,
        SubscriptionHandling handling,
        SessionFeed feed,
        SubscriptionSignal signal,
        TimeProvider time,
        SessionTelemetry telemetry)
    {
        this.subscription = subscription;
        this.options = options;
        this.lease = lease;
        this.leaseUntil = leaseUntil;
        this.handling = handling;
        this.feed = feed;
        this.signal = signal;
        this.time = time;
        lanes = new(subscription, options, lease.Position, due, signal, time, telemetry);
        places = new(options.Concurrency);
    }

    /// <summary>Why it has come to a stand; null mostly.</summary>
    public Exception? Failure => StandOf(following) ?? StandOf(retrying) ?? Volatile.Read(ref failure);

    /// <summary>Begins to hand out events.</summary>
    public void Start()
    {
        following = FollowAsync(lease.Position);
        retrying = RetryAsync();
    }

    /// <inheritdoc cref="SubscriptionLanes.Know"/>
    public void Know(ImmutableArray<HeldEvent> ahead) => lanes.Know(ahead);

    /// <inheritdoc cref="SubscriptionLanes.Add"/>
    public void Add(ImmutableArray<HeldEvent> stored) => lanes.Add(stored);

    /// <summary>Whether there is something to be stored, be it that the node still has it.</summary>
    public bool HasChanges(DateTimeOffset now)
    {
        lock (gate)
            return leaseUntil - now <= Lease - RenewalInterval || lanes.HasChanges;
    }

    /// <summary>What is to be stored.</summary>
    public SubscriptionProgress Progress(DateTimeOffset until) => lanes.Progress(lease.Fence, until);

    /// <summary>It is stored, and the lease with it.</summary>
    public void Saved(SubscriptionProgress progress)
    {
        lanes.Saved(progress);
        lock (gate)
        {
            leaseUntil = progress.LeaseUntil;
            renewed.TrySetResult();
            renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Begins nothing more, and waits for what is being handled.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(following, retrying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
        {
            if (active == 0)
                drained.TrySetResult();
        }

        await drained.Task.ConfigureAwait(false);
        places.Dispose();
        stop.Dispose();
    }

    // What this node has ended itself is not cancelled: it has come to its end.
    private static Exception? StandOf(Task work) => work.IsCanceled ? new TaskCanceledException(work) : work.Exception?.InnerException;

    private async Task FollowAsync(long after)
    {
        try
        {
            await foreach (var update in SessionWatch.FollowAsync(feed, FeedTopic.All, null, after, stop.Token).ConfigureAwait(false))
            {
                SubscriptionLane? idle;
                while (!lanes.TryTakeUp(update, out idle))
                    await room.WaitAsync(stop.Token).ConfigureAwait(false);
                if (idle is not null)
                    Run(idle);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Another node goes on.
        }
    }

    private async Task RetryAsync()
    {
        try
        {
            while (true)
            {
                var idle = lanes.Due(out var patience);
                foreach (var lane in idle)
                    Run(lane);
                await due.WaitAsync(patience, time, stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Another node goes on.
        }
    }

    private void Run(SubscriptionLane lane)
    {
        lock (gate)
        {
            if (stop.IsCancellationRequested)
                return;
            active++;
        }

        _ = Task.Run(() => WorkAsync(lane));
    }

    private async Task WorkAsync(SubscriptionLane lane)
    {
        try
        {
            while (await WorkOnceAsync(lane).ConfigureAwait(false))
            {
                // Others have their turn in between.
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Another node goes on.
        }
        catch (Exception stand)
        {
            Volatile.Write(ref failure, stand);
            signal.Set();
        }
        finally
        {
            lock (gate)
            {
                active--;
                if (active == 0 && stop.IsCancellationRequested)
                    drained.TrySetResult();
            }
        }
    }

    private async Task<bool> WorkOnceAsync(SubscriptionLane lane)
    {
        await places.WaitAsync(stop.Token).ConfigureAwait(false);
        try
        {
            await LeaseAsync().ConfigureAwait(false);
            switch (lanes.Next(lane))
            {
                case { New: { } update }:
                    lanes.End(lane, update, await handling.TryAsync(subscription, options, update).ConfigureAwait(false));
                    break;
                case { Held: { } waiting }:
                    var problem = await FindAsync(waiting).ConfigureAwait(false) is { } found
                        ? await handling.TryAsync(subscription, options, found).ConfigureAwait(false)
                        // Its session has been erased.
                        : null;
                    lanes.End(lane, waiting, problem);
                    break;
                default:
                    return false;
            }

            room.Set();
            return true;
        }
        finally
        {
            places.Release();
        }
    }

    // While the store is out of reach another node may have taken over.
    private async Task LeaseAsync()
    {
        while (true)
        {
            Task renewal;
            lock (gate)
            {
                if (time.GetUtcNow() < leaseUntil)
                    return;
                renewal = renewed.Task;
            }

            signal.Set();
            await renewal.WaitAsync(stop.Token).ConfigureAwait(false);
        }
    }

    private async Task<SessionUpdate?> FindAsync(HeldEvent waiting)
    {
        var page = await feed.Backlog.ReadAsync(FeedTopic.Of(waiting.Session), waiting.Sequence - 1, waiting.Sequence, stop.Token).ConfigureAwait(false);
        return page.Entries.IsEmpty ? null : feed.Update(page.Entries[0]);
    }
}
