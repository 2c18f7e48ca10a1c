using System.Collections.Immutable;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Subscriptions;

/// <summary>
/// A subscription while this node has it: takes events from the feed, hands each session's out in their order, and knows what is to be stored. What fails
/// is held, and with it what comes after it in its session, so that it holds up nothing else. Thread-safe.
/// </summary>
internal sealed class SubscriptionRun : IAsyncDisposable
{
    /// <summary>How long a node has a subscription unless it stores something under it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>How often it does so though nothing happens.</summary>
    public static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(5);

    // How many events are taken up before the first of them is over, and how many are held before no more are taken up: the others wait in the store.
    private const int MostOpen = 1_000;
    private const int MostHeld = 1_000;

    private readonly Subscription subscription;
    private readonly SubscriptionOptions options;
    private readonly SubscriptionHandling handling;
    private readonly SessionFeed feed;
    private readonly SubscriptionSignal signal;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;
    private readonly long fence;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim places;
    private readonly WakeFlag room = new();
    private readonly WakeFlag due = new();
    private readonly SubscriptionWindow window;
    private readonly Dictionary<SessionId, SubscriptionLane> lanes = [];
    private readonly Dictionary<long, HeldEvent?> changes = [];
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task following = Task.CompletedTask;
    private Task retrying = Task.CompletedTask;
    private Exception? failure;
    private long savedPosition;
    private DateTimeOffset leaseUntil;
    private int held;
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
        this.handling = handling;
        this.feed = feed;
        this.signal = signal;
        this.time = time;
        this.telemetry = telemetry;
        this.leaseUntil = leaseUntil;
        fence = lease.Fence;
        savedPosition = lease.Position;
        window = new(lease.Position);
        places = new(options.Concurrency);
    }

    /// <summary>Why it has come to a stand; null mostly.</summary>
    public Exception? Failure => following.Exception?.InnerException ?? retrying.Exception?.InnerException ?? Volatile.Read(ref failure);

    /// <summary>Begins to hand out events.</summary>
    public void Start()
    {
        following = FollowAsync(savedPosition);
        retrying = RetryAsync();
    }

    /// <summary>Takes up events that the store holds and that are not known here, as those that somebody has let be tried again.</summary>
    public void Add(ImmutableArray<HeldEvent> stored)
    {
        var latest = time.GetUtcNow() + options.MaxRetryDelay;
        lock (gate)
        {
            foreach (var waiting in stored)
            {
                // What has changed here since it was read is not stored yet.
                if (changes.ContainsKey(waiting.Sequence))
                    continue;
                var lane = LaneOf(waiting.Session);
                // A clock that was ahead has put it off too far.
                if (lane.Held.TryAdd(waiting.Sequence, waiting.RetryAt > latest ? waiting with { RetryAt = latest } : waiting))
                    held++;
                HoldNew(lane);
            }
        }

        due.Set();
    }

    /// <summary>Whether there is something to be stored, be it that the node still has it.</summary>
    public bool HasChanges(DateTimeOffset now)
    {
        lock (gate)
            return changes.Count > 0 || window.Position != savedPosition || leaseUntil - now <= Lease - RenewalInterval;
    }

    /// <summary>What is to be stored.</summary>
    public SubscriptionProgress Progress(DateTimeOffset until)
    {
        lock (gate)
        {
            return new(subscription.Name, fence, until, window.Position)
            {
                Held = [.. changes.Values.OfType<HeldEvent>()], Released = [.. changes.Where(change => change.Value is null).Select(change => change.Key)],
            };
        }
    }

    /// <summary>It is stored, and the lease with it.</summary>
    public void Saved(SubscriptionProgress progress)
    {
        lock (gate)
        {
            savedPosition = progress.Position;
            leaseUntil = progress.LeaseUntil;
            foreach (var stored in progress.Held)
            {
                if (changes.TryGetValue(stored.Sequence, out var change) && ReferenceEquals(change, stored))
                    changes.Remove(stored.Sequence);
            }

            foreach (var sequence in progress.Released)
                changes.Remove(sequence);
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

    private async Task FollowAsync(long after)
    {
        try
        {
            await foreach (var update in SessionWatch.FollowAsync(feed, FeedTopic.All, null, after, stop.Token).ConfigureAwait(false))
            {
                while (!TryTakeUp(update))
                    await room.WaitAsync(stop.Token).ConfigureAwait(false);
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
                await due.WaitAsync(RunDue(), time, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Another node goes on.
        }
    }

    private bool TryTakeUp(SessionUpdate update)
    {
        lock (gate)
        {
            if (window.Count >= MostOpen || held >= MostHeld)
                return false;
            window.Begin(update.Event.Sequence);
            var lane = LaneOf(update.Event.Session);
            lane.New.Enqueue(update);
            if (lane.Held.Count > 0)
                HoldNew(lane);
            else
                Run(lane);
            return true;
        }
    }

    // How long nothing more is due.
    private TimeSpan RunDue()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var next = now + options.MaxRetryDelay;
            foreach (var lane in lanes.Values)
            {
                if (lane.IsRunning || lane.DueAt is not { } dueAt)
                    continue;
                if (dueAt <= now)
                    Run(lane);
                else if (dueAt < next)
                    next = dueAt;
            }

            return next - now;
        }
    }

    private void Run(SubscriptionLane lane)
    {
        if (lane.IsRunning || stop.IsCancellationRequested)
            return;
        lane.IsRunning = true;
        active++;
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
            switch (Next(lane))
            {
                case { New: { } update }:
                    End(lane, update, await handling.TryAsync(subscription, options, update).ConfigureAwait(false));
                    return true;
                case { Held: { } waiting }:
                    var problem = await FindAsync(waiting).ConfigureAwait(false) is { } found
                        ? await handling.TryAsync(subscription, options, found).ConfigureAwait(false)
                        // Its session has been erased.
                        : null;
                    End(lane, waiting, problem);
                    return true;
                default:
                    return false;
            }
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

    private (SessionUpdate? New, HeldEvent? Held)? Next(SubscriptionLane lane)
    {
        lock (gate)
        {
            if (lane.DueAt is { } dueAt)
            {
                if (dueAt <= time.GetUtcNow())
                    return (null, lane.Held.Values.First());
                due.Set();
            }
            else if (lane.New.TryDequeue(out var update))
            {
                return (update, null);
            }
            else
            {
                lanes.Remove(lane.Session);
            }

            lane.IsRunning = false;
            return null;
        }
    }

    private async Task<SessionUpdate?> FindAsync(HeldEvent waiting)
    {
        var page = await feed.ReadBacklogAsync(FeedTopic.Of(waiting.Session), waiting.Sequence - 1, waiting.Sequence, stop.Token).ConfigureAwait(false);
        return page.Entries.IsEmpty ? null : feed.Update(page.Entries[0]);
    }

    private void End(SubscriptionLane lane, SessionUpdate update, string? problem)
    {
        lock (gate)
        {
            if (problem is not null)
            {
                Hold(lane, Failed(NewlyHeld(update.Event), problem));
                if (lane.Held.Count > 0)
                    HoldNew(lane);
            }

            window.End(update.Event.Sequence);
        }

        room.Set();
        signal.Set();
    }

    private void End(SubscriptionLane lane, HeldEvent waiting, string? problem)
    {
        lock (gate)
        {
            if (problem is not null)
                Hold(lane, Failed(waiting, problem));
            else
                Release(lane, waiting.Sequence, null);
        }

        room.Set();
        signal.Set();
    }

    private HeldEvent Failed(HeldEvent waiting, string problem)
    {
        var attempts = waiting.Attempts + 1;
        var isParked = attempts >= options.MaxAttempts;
        if (isParked)
            telemetry.EventParked(subscription.Name, waiting.Session, waiting.Sequence);
        return waiting with
        {
            Attempts = attempts, Problem = problem, RetryAt = isParked ? null : time.GetUtcNow() + RetryDelay.After(attempts - 1, options.MaxRetryDelay),
        };
    }

    private HeldEvent NewlyHeld(SessionEvent happened)
    {
        var now = time.GetUtcNow();
        return new()
        {
            Subscription = subscription.Name, Sequence = happened.Sequence, Session = happened.Session, Tenant = happened.Tenant, HeldSince = now, RetryAt = now,
        };
    }

    // What waits behind a held one is held too, so that the cursor need not wait for it.
    private void HoldNew(SubscriptionLane lane)
    {
        while (lane.New.TryDequeue(out var update))
        {
            Hold(lane, NewlyHeld(update.Event));
            window.End(update.Event.Sequence);
        }

        signal.Set();
    }

    private void Hold(SubscriptionLane lane, HeldEvent waiting)
    {
        if (waiting.RetryAt is null)
        {
            Release(lane, waiting.Sequence, waiting);
            return;
        }

        if (!lane.Held.ContainsKey(waiting.Sequence))
            held++;
        lane.Held[waiting.Sequence] = waiting;
        changes[waiting.Sequence] = waiting;
        due.Set();
    }

    private void Release(SubscriptionLane lane, long sequence, HeldEvent? parked)
    {
        if (lane.Held.Remove(sequence))
            held--;
        changes[sequence] = parked;
    }

    private SubscriptionLane LaneOf(SessionId session)
    {
        if (!lanes.TryGetValue(session, out var lane))
            lanes.Add(session, lane = new(session));
        return lane;
    }
}
