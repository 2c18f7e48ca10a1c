using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>
/// Reads events in an order that never skips one, and lets a reader wait for more: what this process writes wakes it at once, for what others write it
/// looks four times a second. Thread-safe.
/// </summary>
internal sealed class EventWatch(Database database, TimeProvider time, UnreadableLog unreadable)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private long written;
    private long read;
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something was written here.</summary>
    public void Wake()
    {
        lock (gate)
        {
            written++;
            arrival.TrySetResult();
        }
    }

    public async ValueTask<long> ReadLatestAsync(CancellationToken cancellationToken) => await database.ReadEventBoundAsync(cancellationToken).ConfigureAwait(false) - 1;

    public async ValueTask<SessionEventPage> ReadAsync(SessionEventQuery query, CancellationToken cancellationToken)
    {
        var (rows, cursor) = await ReadRowsAsync(query, "", "", cancellationToken).ConfigureAwait(false);
        return new([.. rows.Select(row => Event(row.Sequence, row.Document!)).OfType<SessionEvent>()], cursor);
    }

    /// <summary>Reads events and their sessions in one statement, which sees both at one moment.</summary>
    public async ValueTask<SessionFeedPage> ReadFeedAsync(SessionEventQuery query, CancellationToken cancellationToken)
    {
        var (rows, cursor) = await ReadRowsAsync(
            query, $", {SessionSql.Columns}", "LEFT JOIN rescue_session s ON s.id = e.session_id", cancellationToken).ConfigureAwait(false);
        return new([.. rows.Select(row => (Event: Event(row.Sequence, row.Document!), row.Session)).Where(row => row.Event is not null).Select(row => new SessionFeedEntry(row.Event!, row.Session))], cursor);
    }

    /// <summary>Completes when something was written here since events were last read, or when it is time to look what others have written.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        Task woken;
        lock (gate)
        {
            if (read < written)
                return;
            if (arrival.Task.IsCompleted)
                arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
            woken = arrival.Task;
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(woken, Task.Delay(PollInterval, time, waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Reads an event; null for one that is damaged or of a later version, which holds up none that follows.</summary>
    public SessionEvent? Event(long sequence, string document)
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

    private async ValueTask<(List<StoredEvent> Rows, long Cursor)> ReadRowsAsync(
        SessionEventQuery query, string columns, string join, CancellationToken cancellationToken)
    {
        long begun;
        lock (gate)
            begun = written;

        // One session's events come in order, for each change waits for the one before; so its whole history can be read at any time.
        var bound = query.Session is null ? await database.EventBoundAsync(cancellationToken).ConfigureAwait(false) : $"{long.MaxValue}";
        List<string> conditions = ["e.sequence > @after", "e.sequence <= @up_to", $"e.sequence < {bound}"];
        List<(string, object?)> values = [("after", query.After), ("up_to", query.UpTo), ("limit", (long)query.Limit)];
        if (query.Session is { } session)
        {
            conditions.Add("e.session_id = @session");
            values.Add(("session", SessionSql.Key(session)));
        }

        if (query.Tenant is { } tenant)
        {
            conditions.Add("e.tenant = @tenant");
            values.Add(("tenant", tenant));
        }

        // The bound comes with the rows, and alone where there are none.
        var found = await database.ReadAsync(
            new(
                $"""
                SELECT b.bound, r.* FROM (SELECT {bound} AS bound) b LEFT JOIN (
                    SELECT e.sequence, e.document AS event{columns} FROM rescue_event e {join}
                    WHERE {string.Join(" AND ", conditions)} ORDER BY e.sequence {Statement.Limit}) r ON 1 = 1 ORDER BY r.sequence
                """,
                [.. values]),
            StoredEvent.Read,
            cancellationToken).ConfigureAwait(false);
        var rows = found.FindAll(row => row.Document is not null);
        if (rows.Count == query.Limit)
            return (rows, rows[^1].Sequence);
        // Only whoever reads all there is has read what was written.
        if (query is { Session: null, UpTo: long.MaxValue })
        {
            lock (gate)
                read = Math.Max(read, begun);
        }

        var end = Math.Min(found[0].Bound - 1, query.UpTo);
        // A session's history has no end that is known.
        if (end == long.MaxValue - 1)
            end = rows is [.., var last] ? last.Sequence : query.After;
        return (rows, Math.Max(end, query.After));
    }
}
