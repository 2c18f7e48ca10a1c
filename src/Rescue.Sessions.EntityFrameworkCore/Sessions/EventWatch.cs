using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>
/// Reads events in an order that never skips one, and lets readers wait for more: what this process writes wakes them at once, what others
/// write within a quarter of a second. Thread-safe.
/// </summary>
internal sealed class EventWatch(Database database, TimeProvider time, UnreadableLog unreadable)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private int waiting;
    private Task poll = Task.CompletedTask;
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something was written here.</summary>
    public void Wake()
    {
        TaskCompletionSource woken;
        lock (gate)
        {
            woken = arrival;
            arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        woken.SetResult();
    }

    public async ValueTask<long> ReadLatestAsync(CancellationToken cancellationToken) => await database.ReadEventBoundAsync(cancellationToken).ConfigureAwait(false) - 1;

    public async ValueTask<SessionEventPage> ReadAsync(SessionEventQuery query, CancellationToken cancellationToken)
    {
        // One session's events come in order, for each change waits for the one before; so its whole history can be read at any time.
        var bound = query.Session is null ? await database.ReadEventBoundAsync(cancellationToken).ConfigureAwait(false) : long.MaxValue;
        List<string> conditions = ["sequence > @after", "sequence < @bound"];
        List<(string, object?)> values = [("after", query.After), ("bound", bound), ("limit", (long)query.Limit)];
        if (query.Session is { } session)
        {
            conditions.Add("session_id = @session");
            values.Add(("session", SessionSql.Key(session)));
        }

        if (query.Tenant is { } tenant)
        {
            conditions.Add("tenant = @tenant");
            values.Add(("tenant", tenant));
        }

        var events = await database.ReadAsync(
            new($"SELECT sequence, document FROM rescue_event WHERE {string.Join(" AND ", conditions)} ORDER BY sequence LIMIT @limit", [.. values]),
            row => (Sequence: row.GetInt64(0), Event: Read(row.GetString(1), row.GetInt64(0))),
            cancellationToken).ConfigureAwait(false);
        var cursor = events.Count == query.Limit || query.Session is not null
            ? events is [.., var last] ? last.Sequence : query.After
            : Math.Max(bound - 1, query.After);
        return new([.. events.Select(read => read.Event).OfType<SessionEvent>()], cursor);
    }

    private SessionEvent? Read(string document, long sequence)
    {
        try
        {
            return StoredSessionJson.ReadEvent(document, sequence);
        }
        catch (Exception failure) when (StoredSessionJson.IsUnreadable(failure))
        {
            unreadable.Event(sequence);
            return null;
        }
    }

    /// <summary>Completes when there are events after a sequence.</summary>
    public async Task WaitAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var woken = Register();
            try
            {
                if (await IsAnyAfterAsync(after, cancellationToken).ConfigureAwait(false))
                    return;
                await woken.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                lock (gate)
                    waiting--;
            }
        }
    }

    private Task Register()
    {
        lock (gate)
        {
            if (++waiting == 1 && poll.IsCompleted)
                poll = StartPolling();
            return arrival.Task;
        }
    }

    // The loop outlives whoever happens to wait first: neither their transaction nor their trace is its own.
    private Task StartPolling()
    {
        if (ExecutionContext.IsFlowSuppressed())
            return Task.Run(PollAsync);
        using (ExecutionContext.SuppressFlow())
            return Task.Run(PollAsync);
    }

    // One query for all who wait, and none when nobody does.
    private async Task PollAsync()
    {
        var seen = -1L;
        while (true)
        {
            await Task.Delay(PollInterval, time).ConfigureAwait(false);
            lock (gate)
            {
                if (waiting == 0)
                {
                    poll = Task.CompletedTask;
                    return;
                }
            }

            seen = await LookAsync(seen).ConfigureAwait(false);
        }
    }

    private async Task<long> LookAsync(long seen)
    {
        try
        {
            var bound = await database.ReadEventBoundAsync(CancellationToken.None).ConfigureAwait(false);
            var latest = (await database.ReadAsync(
                new("SELECT coalesce(max(sequence), 0) FROM rescue_event WHERE sequence < @bound", ("bound", bound)),
                row => row.GetInt64(0),
                CancellationToken.None).ConfigureAwait(false))[0];
            if (latest != seen)
                Wake();
            return latest;
        }
        catch (SessionStoreException)
        {
            // Whoever waits looks for themselves, and meets the failure where it can be told.
            Wake();
            return -1;
        }
    }

    private async ValueTask<bool> IsAnyAfterAsync(long after, CancellationToken cancellationToken)
    {
        var bound = await database.ReadEventBoundAsync(cancellationToken).ConfigureAwait(false);
        var found = await database.ReadAsync(
            new("SELECT 1 FROM rescue_event WHERE sequence > @after AND sequence < @bound LIMIT 1", ("after", after), ("bound", bound)),
            _ => true,
            cancellationToken).ConfigureAwait(false);
        return found.Count > 0;
    }
}
