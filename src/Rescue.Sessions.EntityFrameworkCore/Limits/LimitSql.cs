using System.Collections.Immutable;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Limits;

namespace Rescue.Sessions.EntityFrameworkCore.Limits;

/// <summary>The statements about limits.</summary>
internal static class LimitSql
{
    // A count that the server loses when it fails, within a second, is not worth that everybody waits for the disk. It is true of this transaction alone.
    private const string Quickly = "set_config('synchronous_commit', 'off', true)";

    private const string Counts =
        """
        SELECT l.*, coalesce(b.count, 0) AS before, coalesce(c.count, 0) AS count FROM l
        LEFT JOIN rescue_limit b ON b.key = l.key AND b.window_number = l.window_number - 1
        LEFT JOIN rescue_limit c ON c.key = l.key AND c.window_number = l.window_number
        """;

    /// <summary>The counts of limits.</summary>
    public static Statement Select(ImmutableArray<Limit> limits, DateTimeOffset now)
    {
        var rows = limits.Select((_, i) => $"SELECT @key{i} AS key, @window{i} AS window_number");
        return new(
            $"WITH l AS ({string.Join(" UNION ALL ", rows)}), seen AS ({Counts}) SELECT key, before, count, 0 FROM seen",
            [.. limits.SelectMany((limit, i) => ((string, object?)[])[($"key{i}", limit.Key), ($"window{i}", limit.WindowAt(now))])]);
    }

    /// <summary>
    /// Takes one from each limit where all have room, in PostgreSQL's words. The row is looked at again as it is written; one that was filled in
    /// between is not taken, though others may be.
    /// </summary>
    public static Statement Take(ImmutableArray<Limit> limits, DateTimeOffset now, bool quickly)
    {
        var rows = limits.Select((_, i) => $"(@key{i}::text, @window{i}::bigint, @most{i}::int, @share{i}::float8, @forgotten{i}::bigint)");
        return new(
            $"""
            WITH l (key, window_number, most, share, forgotten_at) AS (VALUES {string.Join(", ", rows)}),
            seen AS ({Counts}),
            taken AS (
                INSERT INTO rescue_limit AS t (key, window_number, count, forgotten_at)
                SELECT key, window_number, 1, forgotten_at FROM seen
                WHERE NOT EXISTS (SELECT 1 FROM seen full_one WHERE full_one.count + full_one.before * full_one.share + 1 > full_one.most) ORDER BY key
                ON CONFLICT (key, window_number) DO UPDATE SET count = t.count + 1
                WHERE EXISTS (SELECT 1 FROM seen s WHERE s.key = excluded.key AND t.count + s.before * s.share + 1 <= s.most)
                RETURNING key)
            SELECT s.key, s.before, s.count, (SELECT count(*) FROM taken t WHERE t.key = s.key)::int{(quickly ? $", {Quickly}" : "")} FROM seen s
            """,
            [
                .. limits.SelectMany((limit, i) => ((string, object?)[])
                [
                    ($"key{i}", limit.Key), ($"window{i}", limit.WindowAt(now)), ($"most{i}", limit.Most), ($"share{i}", limit.ShareAt(now)),
                    ($"forgotten{i}", ForgottenAt(limit, now)),
                ]),
            ]);
    }

    public static Statement Increment(Limit limit, DateTimeOffset now) => new(
        """
        INSERT INTO rescue_limit (key, window_number, count, forgotten_at) VALUES (@key, @window, 1, @forgotten_at)
        ON CONFLICT (key, window_number) DO UPDATE SET count = rescue_limit.count + 1
        """,
        ("key", limit.Key), ("window", limit.WindowAt(now)), ("forgotten_at", ForgottenAt(limit, now)));

    /// <summary>Gives one back to each limit. Rows are locked in the order in which they are taken, so that two never wait for each other.</summary>
    public static Statement Return(Database database, ImmutableArray<Limit> limits, DateTimeOffset now)
    {
        var rows = string.Join(" OR ", limits.Select((_, i) => $"(key = @key{i} AND window_number = @window{i})"));
        (string, object?)[] values = [.. limits.SelectMany((limit, i) => ((string, object?)[])[($"key{i}", limit.Key), ($"window{i}", limit.WindowAt(now))])];
        return database.HasOneWriter
            ? new($"UPDATE rescue_limit SET count = count - 1 WHERE ({rows}) AND count > 0", values)
            : new(
                $"""
                UPDATE rescue_limit t SET count = t.count - 1
                FROM (SELECT key, window_number FROM rescue_limit WHERE {rows} ORDER BY key FOR UPDATE) l
                WHERE t.key = l.key AND t.window_number = l.window_number AND t.count > 0{(HostTransaction.Current is null ? $" AND {Quickly} = 'off'" : "")}
                """,
                values);
    }

    private static long ForgottenAt(Limit limit, DateTimeOffset now) => (limit.WindowAt(now) + 2) * limit.Window.Ticks;
}
