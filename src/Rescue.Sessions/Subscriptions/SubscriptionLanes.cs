using System.Collections.Immutable;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Subscriptions;

/// <summary>
/// What a subscription has taken up and is not over, each session's events in their order, and what of it is to be stored. What fails is held, and with it
/// what comes after it in its session, so that it holds up nothing else. Thread-safe.
/// </summary>
internal sealed class SubscriptionLanes(
    Subscription subscription,
    SubscriptionOptions options,
    long position,
    WakeFlag due,
    SubscriptionSignal signal,
    TimeProvider time,
    SessionTelemetry telemetry)
{
    // How many events are taken up before the first of them is over, and how many are held before no more are taken up: the others wait in the store.
    private const int MostOpen = 1_000;
    private const int MostHeld = 1_000;

    private readonly Lock gate = new();
    private readonly SubscriptionWindow window = new(position);
    private readonly Dictionary<SessionId, SubscriptionLane> lanes = [];
    private readonly Dictionary<long, HeldEvent?> changes = [];
    private readonly HashSet<long> heldBefore = [];
    private long savedPosition = position;
    private int held;

    /// <summary>Whether there is something to be stored.</summary>
    public bool HasChanges
    {
        get
        {
            lock (gate)
                return changes.Count > 0 || window.Position != savedPosition;
        }
    }

    /// <summary>What is to be stored, under a fence and with a lease.</summary>
    public SubscriptionProgress Progress(long fence, DateTimeOffset leaseUntil)
    {
        lock (gate)
        {
            return new(subscription.Name, fence, leaseUntil, window.Position)
            {
                Held = [.. changes.Values.OfType<HeldEvent>()], Released = [.. changes.Where(change => change.Value is null).Select(change => change.Key)],
            };
        }
    }

    /// <summary>It is stored.</summary>
    public void Saved(SubscriptionProgress progress)
    {
        lock (gate)
        {
            savedPosition = progress.Position;
            foreach (var stored in progress.Held)
            {
                if (changes.TryGetValue(stored.Sequence, out var change) && ReferenceEquals(change, stored))
                    changes.Remove(stored.Sequence);
            }

            foreach (var sequence in progress.Released)
                changes.Remove(sequence);
        }
    }

    /// <summary>
    /// Learns what was held or parked ahead of where everything is over: the feed brings it once more, after a node that was killed while an earlier event was
    /// not over, and it is not new.
    /// </summary>
    public void Know(ImmutableArray<HeldEvent> ahead)
    {
        lock (gate)
            heldBefore.UnionWith(ahead.Select(known => known.Sequence));
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

    /// <summary>Takes up a new event.</summary>
    /// <param name="update">The event.</param>
    /// <param name="idle">The lane that is to be worked from now on; null when none need be.</param>
    /// <returns>False when there is no room.</returns>
    public bool TryTakeUp(SessionUpdate update, out SubscriptionLane? idle)
    {
        idle = null;
        lock (gate)
        {
            if (window.Count >= MostOpen || held >= MostHeld)
                return false;
            window.Begin(update.Event.Sequence);
            if (heldBefore.Remove(update.Event.Sequence))
            {
                window.End(update.Event.Sequence);
                signal.Set();
                return true;
            }

            var lane = LaneOf(update.Event.Session);
            lane.New.Enqueue(update);
            if (lane.Held.Count > 0)
                HoldNew(lane);
            else
                idle = Idle(lane);
            return true;
        }
    }

    /// <summary>The lanes that are to be worked from now on because something held is due.</summary>
    /// <param name="patience">How long nothing more is due.</param>
    public IReadOnlyList<SubscriptionLane> Due(out TimeSpan patience)
    {
        var idle = new List<SubscriptionLane>();
        lock (gate)
        {
            var now = time.GetUtcNow();
            var next = now + options.MaxRetryDelay;
            foreach (var lane in lanes.Values)
            {
                if (lane.IsRunning || lane.DueAt is not { } dueAt)
                    continue;
                if (IsDue(dueAt, now))
                    idle.Add(Idle(lane)!);
                else if (dueAt < next)
                    next = dueAt;
            }

            patience = next - now;
        }

        return idle;
    }

    /// <summary>What is to be handled next of a lane that is worked: a new event or a held one. Null when nothing is; then it is worked no more.</summary>
    public (SessionUpdate? New, HeldEvent? Held)? Next(SubscriptionLane lane)
    {
        lock (gate)
        {
            if (lane.DueAt is { } dueAt)
            {
                if (IsDue(dueAt, time.GetUtcNow()))
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

    /// <summary>A new event was handled.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="update">The event.</param>
    /// <param name="problem">What went wrong; null when nothing did.</param>
    public void End(SubscriptionLane lane, SessionUpdate update, string? problem)
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

        signal.Set();
    }

    /// <summary>A held event was handled.</summary>
    /// <inheritdoc cref="End(SubscriptionLane, SessionUpdate, string?)"/>
    public void End(SubscriptionLane lane, HeldEvent waiting, string? problem)
    {
        lock (gate)
        {
            if (problem is not null)
                Hold(lane, Failed(waiting, problem));
            else
                Release(lane, waiting.Sequence, null);
        }

        signal.Set();
    }

    // What is put off for longer than anything is was so before the clock was set back.
    private bool IsDue(DateTimeOffset dueAt, DateTimeOffset now) => dueAt <= now || dueAt > now + options.MaxRetryDelay;

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

    // Who is given it works it.
    private static SubscriptionLane? Idle(SubscriptionLane lane)
    {
        if (lane.IsRunning)
            return null;
        lane.IsRunning = true;
        return lane;
    }

    private SubscriptionLane LaneOf(SessionId session)
    {
        if (!lanes.TryGetValue(session, out var lane))
            lanes.Add(session, lane = new(session));
        return lane;
    }
}
