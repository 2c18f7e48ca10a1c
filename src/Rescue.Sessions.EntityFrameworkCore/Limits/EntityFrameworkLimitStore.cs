using System.Collections.Immutable;
using System.Data.Common;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Limits;

namespace Rescue.Sessions.EntityFrameworkCore.Limits;

/// <summary>
/// Counts in a database, for all nodes together. What is spent is seen by a read, so that a flood of refusals writes nothing; who takes waits for
/// others who take from the same limit.
/// </summary>
internal sealed class EntityFrameworkLimitStore(Database database) : ILimitStore
{
    public async ValueTask<TimeSpan?> TryTakeAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        // In one order, so that two who take from the same limits never wait for each other.
        var counted = limits.Where(limit => limit.Most > 0).OrderBy(limit => limit.Key, StringComparer.Ordinal).ToList();
        if (counted.Count == 0)
            return null;
        if (RetryAfter(counted, await database.ReadAsync(Select(counted, now), Read, cancellationToken).ConfigureAwait(false), now) is { } spent)
            return spent;

        await using var work = await database.BeginAsync(cancellationToken).ConfigureAwait(false);
        foreach (var limit in counted)
        {
            if (database.Serialize(limit.Key) is { } wait)
                await work.WriteAsync(wait, cancellationToken).ConfigureAwait(false);
        }

        var counts = await work.ReadAsync(Select(counted, now), Read, cancellationToken).ConfigureAwait(false);
        if (RetryAfter(counted, counts, now) is { } retryAfter)
            return retryAfter;
        foreach (var limit in counted)
            work.Add(Increment(limit, now));
        await work.CommitAsync().ConfigureAwait(false);
        return null;
    }

    public async ValueTask ReturnAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await using var work = await database.BeginAsync(cancellationToken).ConfigureAwait(false);
        foreach (var limit in limits.Where(limit => limit.Most > 0).OrderBy(limit => limit.Key, StringComparer.Ordinal))
        {
            work.Add(new(
                "UPDATE rescue_limit SET count = count - 1 WHERE key = @key AND window_number = @window AND count > 0",
                ("key", limit.Key), ("window", limit.WindowAt(now))));
        }

        await work.CommitAsync().ConfigureAwait(false);
    }

    /// <summary>Forgets the counts that no window can see any more.</summary>
    public async ValueTask ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken).ConfigureAwait(false);
        work.Add(new("DELETE FROM rescue_limit WHERE forgotten_at <= @now", ("now", now.UtcTicks)));
        await work.CommitAsync().ConfigureAwait(false);
    }

    private static TimeSpan? RetryAfter(IEnumerable<Limit> limits, List<(string Key, long Window, int Count)> counts, DateTimeOffset now)
    {
        foreach (var limit in limits)
        {
            var window = limit.WindowAt(now);
            if (limit.RetryAfter(CountOf(limit.Key, window - 1), CountOf(limit.Key, window), now) is { } retryAfter)
                return retryAfter;
        }

        return null;

        int CountOf(string key, long window) => counts.FirstOrDefault(count => count.Key == key && count.Window == window).Count;
    }

    private static Statement Select(List<Limit> limits, DateTimeOffset now)
    {
        var conditions = limits.Select((_, i) => $"(key = @key{i} AND window_number IN (@window{i}, @window{i} - 1))");
        return new(
            $"SELECT key, window_number, count FROM rescue_limit WHERE {string.Join(" OR ", conditions)}",
            [.. limits.SelectMany((limit, i) => ((string, object?)[])[($"key{i}", limit.Key), ($"window{i}", limit.WindowAt(now))])]);
    }

    private static (string Key, long Window, int Count) Read(DbDataReader row) => (row.GetString(0), row.GetInt64(1), row.GetInt32(2));

    private static Statement Increment(Limit limit, DateTimeOffset now) => new(
        """
        INSERT INTO rescue_limit (key, window_number, count, forgotten_at) VALUES (@key, @window, 1, @forgotten_at)
        ON CONFLICT (key, window_number) DO UPDATE SET count = rescue_limit.count + 1
        """,
        ("key", limit.Key), ("window", limit.WindowAt(now)), ("forgotten_at", (limit.WindowAt(now) + 2) * limit.Window.Ticks));
}
