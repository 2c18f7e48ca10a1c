using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Feed;

/// <summary>
/// The one reader of the store's events in a process. It follows them with a cursor that skips none, takes each event's session in the same read, and
/// hands both to those who listen; so the number of reads does not depend on the number of listeners. It reads only while somebody listens, and waits
/// out a store that has failed for all of them. Thread-safe.
/// </summary>
internal sealed class SessionFeed : IDisposable
{
    /// <summary>How many events are read at once.</summary>
    public const int PageSize = 256;

    /// <summary>How long a store that has failed is left alone.</summary>
    public static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(1);

    // So many a second are read several at a time: to be woken for each costs more than to read it, and nobody sees the difference.
    private const int FrequentEvents = 1_000;
    private static readonly TimeSpan FrequentPause = TimeSpan.FromMilliseconds(5);

    private readonly IEventStore store;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;
    private readonly Lock gate = new();
    private readonly FeedSubscribers subscribers = new();
    private readonly HashSet<FeedSignal> signals = [];
    private readonly Pace pace;
    private readonly CancellationTokenSource stop = new();
    private TaskCompletionSource<long> beginning = NewBeginning();
    private bool isRunning;
    private long? cursor;

    public SessionFeed(IEventStore store, TimeProvider time, SessionTelemetry telemetry, Pace? pace = null)
    {
        this.pace = pace ?? PaceBy(TimeProvider.System);
        this.store = store;
        this.time = time;
        this.telemetry = telemetry;
        Backlog = new(store, time);
        telemetry.ObserveListeners(() => Listeners);
    }

    /// <summary>What those who listen have missed.</summary>
    public FeedBacklog Backlog { get; }

    /// <summary>How many listen.</summary>
    public int Listeners
    {
        get
        {
            lock (gate)
                return subscribers.Count;
        }
    }

    /// <summary>Up to where the events have been read; null when nobody listens, or it has not begun yet.</summary>
    public long? Position
    {
        get
        {
            lock (gate)
                return cursor;
        }
    }

    /// <summary>How often it reads, by a machine's clock.</summary>
    public static Pace PaceBy(TimeProvider machine) => new(FrequentEvents, FrequentPause, machine);

    /// <summary>Begins to listen.</summary>
    /// <exception cref="SessionStoreException">The store failed, and the feed has not begun yet.</exception>
    public async ValueTask<FeedSubscription> JoinAsync(FeedTopic topic, CancellationToken cancellationToken)
    {
        var subscription = new FeedSubscription(topic);
        Task<long> begun;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stop.IsCancellationRequested, this);
            subscribers.Add(subscription);
            if (cursor is { } position)
            {
                subscription.Position = position;
                return subscription;
            }

            Run();
            begun = beginning.Task;
        }

        try
        {
            await begun.WaitAsync(cancellationToken).ConfigureAwait(false);
            return subscription;
        }
        catch
        {
            Leave(subscription);
            throw;
        }
    }

    /// <summary>Begins to listen, however long the store is out of reach.</summary>
    public async ValueTask<FeedSubscription> JoinPatientlyAsync(FeedTopic topic, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await JoinAsync(topic, cancellationToken).ConfigureAwait(false);
            }
            catch (SessionStoreException)
            {
                await Task.Delay(OutagePause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Leave(FeedSubscription subscription)
    {
        lock (gate)
            subscribers.Remove(subscription);
        subscription.End();
    }

    /// <summary>Begins to tell a waiter whenever something that concerns them has happened, to whatever session.</summary>
    public FeedSignal Signal(Func<SessionEvent, bool> concerns)
    {
        var signal = new FeedSignal(this, concerns);
        lock (gate)
        {
            signals.Add(signal);
            Run();
        }

        return signal;
    }

    public void Leave(FeedSignal signal)
    {
        lock (gate)
            signals.Remove(signal);
    }

    public SessionUpdate Update(SessionFeedEntry entry) => new(entry, time.GetUtcNow());

    public void Dispose()
    {
        stop.Cancel();
        lock (gate)
        {
            subscribers.End();
            beginning.TrySetCanceled();
        }
    }

    private static TaskCompletionSource<long> NewBeginning() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The loop outlives whoever happens to come first: neither their transaction nor their trace is its own.
    private void Run()
    {
        if (isRunning)
            return;
        isRunning = true;
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            _ = Task.Run(FollowAsync);
    }

    private async Task FollowAsync()
    {
        try
        {
            while (Next() is { } turn)
                await TurnAsync(turn).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
    }

    // Null when nobody listens; then the next who does begins anew.
    private FeedTurn? Next()
    {
        lock (gate)
        {
            if (subscribers.Count + signals.Count > 0 && !stop.IsCancellationRequested)
                return new(cursor, subscribers.Count > 0);
            isRunning = false;
            cursor = null;
            beginning = NewBeginning();
            return null;
        }
    }

    private async Task TurnAsync(FeedTurn turn)
    {
        try
        {
            if (turn.After is not { } after)
                Begin(await store.ReadLatestSequenceAsync(stop.Token).ConfigureAwait(false));
            else if (await ReadAsync(after, turn.HasListeners).ConfigureAwait(false) is { } end)
                await WaitAsync(end).ConfigureAwait(false);
            telemetry.StreamGoesOn();
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            telemetry.StreamWaits(failure);
            Fail(failure);
            await Task.Delay(OutagePause, time, stop.Token).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync((long Cursor, int Count) end)
    {
        await pace.KeepAsync(end.Count).ConfigureAwait(false);
        await store.WaitForEventsAsync(end.Cursor, stop.Token).ConfigureAwait(false);
    }

    /// <returns>Where the events end, and how many were read; null when there is more to read.</returns>
    private async ValueTask<(long Cursor, int Count)?> ReadAsync(long after, bool forListeners)
    {
        // Those who wait for anything at all need no sessions.
        var query = new SessionEventQuery { After = after, Limit = PageSize };
        if (forListeners)
        {
            var page = await store.ReadFeedAsync(query, stop.Token).ConfigureAwait(false);
            Hand(page);
            return page.Entries.Length < PageSize ? (page.Cursor, page.Entries.Length) : null;
        }

        var events = await store.ReadEventsAsync(query, stop.Token).ConfigureAwait(false);
        return Pass(events) && events.Events.Length < PageSize ? (events.Cursor, events.Events.Length) : null;
    }

    private void Begin(long latest)
    {
        lock (gate)
        {
            cursor = latest;
            subscribers.Begin(latest);
            beginning.TrySetResult(latest);
            foreach (var signal in signals)
                signal.Set();
        }
    }

    // Whoever waits for the beginning is told of the failure; those who come later wait for the next try.
    private void Fail(Exception failure)
    {
        lock (gate)
        {
            if (cursor is not null)
                return;
            if (failure is SessionStoreException)
                beginning.TrySetException(failure);
            else
                beginning.TrySetException(new SessionStoreException("The events could not be read.", failure));
            // Seen, even when nobody waits.
            _ = beginning.Task.Exception;
            beginning = NewBeginning();
        }
    }

    private void Hand(SessionFeedPage page)
    {
        var now = time.GetUtcNow();
        foreach (var entry in page.Entries)
        {
            // Event by event, so that nobody who comes or goes waits for a page.
            lock (gate)
            {
                subscribers.Offer(entry, now);
                cursor = entry.Event.Sequence;
                Tell(entry.Event);
            }

            telemetry.Heard(entry.Event, now);
        }

        lock (gate)
            cursor = page.Cursor;
    }

    // Whoever has come to listen while this was read needs the sessions too: it is read again.
    private bool Pass(SessionEventPage page)
    {
        lock (gate)
        {
            if (subscribers.Count > 0)
                return false;
            cursor = page.Cursor;
            foreach (var happened in page.Events)
                Tell(happened);
            return true;
        }
    }

    private void Tell(SessionEvent happened)
    {
        foreach (var signal in signals)
            signal.Offer(happened);
    }
}
