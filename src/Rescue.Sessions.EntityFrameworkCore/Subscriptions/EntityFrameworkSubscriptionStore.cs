using System.Collections.Immutable;
using System.Data.Common;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.EntityFrameworkCore.Subscriptions;

/// <summary>Subscriptions in a database. The events they hold go away with their sessions. Thread-safe.</summary>
internal sealed class EntityFrameworkSubscriptionStore(Database database) : ISubscriptionStore
{
    public bool IsDurable => true;

    public async ValueTask<SubscriptionLease?> TryTakeAsync(
        string name, string holder, DateTimeOffset now, DateTimeOffset leaseUntil, long start, CancellationToken cancellationToken = default)
    {
        var request = new LeaseRequest("rescue_subscription", name, holder, now, leaseUntil);
        if (await request.IsTakenAsync(database, cancellationToken).ConfigureAwait(false))
            return null;
        var taken = await database.ExecuteAsync(
            new(
                $"""
                INSERT INTO rescue_subscription (name, position, fence, holder, held_until) VALUES (@name, @start, 1, @holder, @until)
                ON CONFLICT (name) DO UPDATE SET fence = rescue_subscription.fence + 1, holder = excluded.holder, held_until = excluded.held_until
                WHERE {request.MayTake} RETURNING fence, position
                """,
                [.. request.Values, ("start", start)]),
            row => new SubscriptionLease(row.GetInt64(0), row.GetInt64(1)),
            cancellationToken).ConfigureAwait(false);
        return taken is [var lease] ? lease : null;
    }

    public async ValueTask<bool> SaveAsync(SubscriptionProgress progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return await database.WriteAsync((work, cancellation) => SaveAsync(work, progress, cancellation), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ImmutableArray<HeldEvent>> ReadHeldAsync(
        string subscription, bool parked, long after, int limit, CancellationToken cancellationToken = default) =>
        [
            .. await database.ReadAsync(
                new(
                    $"""
                    SELECT subscription, sequence, session_id, tenant, attempts, held_since, retry_at, problem FROM rescue_held_event
                    WHERE subscription = @subscription AND sequence > @after AND retry_at IS {(parked ? "NULL" : "NOT NULL")} ORDER BY sequence {Statement.Limit}
                    """,
                    ("subscription", subscription), ("after", after), ("limit", (long)limit)),
                Read,
                cancellationToken).ConfigureAwait(false),
        ];

    public ValueTask<bool> RetryAsync(string subscription, long sequence, DateTimeOffset retryAt, CancellationToken cancellationToken = default) =>
        ChangeParkedAsync("UPDATE rescue_held_event SET retry_at = @retry_at, attempts = 0", subscription, sequence, [("retry_at", retryAt.UtcTicks)], cancellationToken);

    public ValueTask<bool> DiscardAsync(string subscription, long sequence, CancellationToken cancellationToken = default) =>
        ChangeParkedAsync("DELETE FROM rescue_held_event", subscription, sequence, [], cancellationToken);

    private static async ValueTask<bool> SaveAsync(WriteTransaction work, SubscriptionProgress progress, CancellationToken cancellationToken)
    {
        var saved = await work.WriteAsync(
            new(
                "UPDATE rescue_subscription SET position = @position, held_until = @until WHERE name = @name AND fence = @fence",
                ("position", progress.Position), ("until", progress.LeaseUntil.UtcTicks), ("name", progress.Name), ("fence", progress.Fence)),
            cancellationToken).ConfigureAwait(false);
        if (saved == 0)
            return false;
        foreach (var held in progress.Held)
            work.Add(Hold(held));
        foreach (var sequence in progress.Released)
        {
            work.Add(new(
                "DELETE FROM rescue_held_event WHERE subscription = @subscription AND sequence = @sequence",
                ("subscription", progress.Name), ("sequence", sequence)));
        }

        await work.CommitAsync().ConfigureAwait(false);
        return true;
    }

    private static Statement Hold(HeldEvent held) => new(
        """
        INSERT INTO rescue_held_event (subscription, sequence, session_id, tenant, attempts, held_since, retry_at, problem)
        SELECT @subscription, @sequence, s.id, @tenant, @attempts, @held_since, CAST(@retry_at AS bigint), CAST(@problem AS text)
        FROM rescue_session s WHERE s.id = @session
        ON CONFLICT (subscription, sequence) DO UPDATE SET attempts = excluded.attempts, retry_at = excluded.retry_at, problem = excluded.problem
        """,
        ("subscription", held.Subscription), ("sequence", held.Sequence), ("session", SessionSql.Key(held.Session)), ("tenant", held.Tenant),
        ("attempts", held.Attempts), ("held_since", held.HeldSince.UtcTicks), ("retry_at", Ticks.Of(held.RetryAt)), ("problem", held.Problem));

    private async ValueTask<bool> ChangeParkedAsync(
        string change, string subscription, long sequence, (string, object?)[] values, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            new(
                $"{change} WHERE subscription = @subscription AND sequence = @sequence AND retry_at IS NULL",
                [.. values, ("subscription", subscription), ("sequence", sequence)]),
            cancellationToken).ConfigureAwait(false) > 0;

    private static HeldEvent Read(DbDataReader row) => new()
    {
        Subscription = row.GetString(0), Sequence = row.GetInt64(1), Session = new(new Guid(row.GetFieldValue<byte[]>(2), bigEndian: true)),
        Tenant = row.GetString(3), Attempts = row.GetInt32(4), HeldSince = Moment(row.GetInt64(5)),
        RetryAt = row.IsDBNull(6) ? null : Moment(row.GetInt64(6)), Problem = row.IsDBNull(7) ? null : row.GetString(7),
    };

    private static DateTimeOffset Moment(long ticks) => new(ticks, TimeSpan.Zero);
}
