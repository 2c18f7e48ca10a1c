using System.Collections.Immutable;
using System.Data.Common;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>Messages that are not finished with. A message is deleted, payload and all, when it is.</summary>
internal sealed class OutboxTable(Database database)
{
    public async ValueTask<ImmutableArray<OutboxClaim>> ClaimAsync(
        DateTimeOffset now, DateTimeOffset leaseUntil, int limit, DateTimeOffset? horizon, CancellationToken cancellationToken)
    {
        if (limit == 0)
            return [];
        if (horizon is { } furthest)
            await RecallAsync(now.UtcTicks, furthest.UtcTicks, cancellationToken).ConfigureAwait(false);
        // Asking is frequent and finding is rare: no transaction is begun for nothing.
        if (!await IsAnyAsync("available_at <= @moment", now.UtcTicks, cancellationToken).ConfigureAwait(false))
            return [];
        var due =
            $"""
            SELECT o.position FROM rescue_outbox o
            WHERE o.available_at <= @now AND NOT EXISTS (SELECT 1 FROM rescue_outbox e WHERE e.session_id = o.session_id AND e.position < o.position)
            ORDER BY o.available_at, o.position {Statement.Limit} {database.ForUpdateSkipLocked}
            """;
        var claims = await database.ExecuteAsync(
            new(
                $"""
                UPDATE rescue_outbox SET fence = fence + 1, uncertain = uncertain + begun, begun = 0, available_at = @lease
                WHERE {database.IsOneOf("position", due)}
                RETURNING position, id, session_id, kind, payload, due_at, fence, attempts, uncertain
                """,
                ("now", now.UtcTicks), ("lease", leaseUntil.UtcTicks), ("limit", limit)),
            row => Read(row, leaseUntil),
            cancellationToken).ConfigureAwait(false);
        return [.. claims.OrderBy(found => found.Position).Select(found => found.Claim)];
    }

    /// <summary>Marks messages as being sent, in the same step in which their codes are seen to be live. One whose code is not goes away.</summary>
    public async ValueTask<ImmutableArray<OutboxBegin>> BeginAsync(ImmutableArray<OutboxClaim> claims, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (claims.IsEmpty)
            return [];
        var group = new ClaimGroup(claims);
        (string, object?)[] values = [.. group.Values, ("now", now.UtcTicks)];
        var (begun, cancelled) = await database.WriteAsync(
            async (work, cancellation) =>
            {
                var begun = group.Mark(await work.ReadAsync(
                    new(
                        $"""
                        UPDATE rescue_outbox SET begun = 1, attempts = attempts + 1 - begun
                        WHERE {Locked(group, "available_at > @now")}
                            AND EXISTS (SELECT 1 FROM rescue_session s WHERE s.id = rescue_outbox.session_id AND s.code_live_until > @now)
                        RETURNING id
                        """,
                        values),
                    ReadId,
                    cancellation).ConfigureAwait(false));
                bool[] cancelled = Array.IndexOf(begun, false) < 0
                    ? new bool[begun.Length]
                    : group.Mark(await work.ReadAsync(
                        new(
                            $"""
                            DELETE FROM rescue_outbox WHERE {group.IsHeld} AND available_at > @now
                                AND NOT EXISTS (SELECT 1 FROM rescue_session s WHERE s.id = rescue_outbox.session_id AND s.code_live_until > @now)
                            RETURNING id
                            """,
                            values),
                        ReadId,
                        cancellation).ConfigureAwait(false));
                await work.CommitAsync().ConfigureAwait(false);
                return (begun, cancelled);
            },
            cancellationToken).ConfigureAwait(false);
        return [.. claims.Select((_, i) => begun[i] ? OutboxBegin.Begun : cancelled[i] ? OutboxBegin.Cancelled : OutboxBegin.LeaseLost)];
    }

    public async ValueTask<ImmutableArray<bool>> RenewAsync(ImmutableArray<OutboxClaim> claims, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        if (claims.IsEmpty)
            return [];
        var group = new ClaimGroup(claims);
        var renewed = await database.ExecuteAsync(
            new($"UPDATE rescue_outbox SET available_at = @lease WHERE {Locked(group)} RETURNING id", [.. group.Values, ("lease", leaseUntil.UtcTicks)]),
            ReadId,
            cancellationToken).ConfigureAwait(false);
        return [.. group.Mark(renewed)];
    }

    /// <summary>Records within a transaction what became of messages; for each whether its claim is still the latest.</summary>
    public async ValueTask<bool[]> CompleteAsync(WriteTransaction work, ImmutableArray<OutboxResult> results, CancellationToken cancellationToken)
    {
        var held = new bool[results.Length];
        if (!results.All(result => result.RetryAt is null))
            await LockAsync(work, new([.. results.Select(result => result.Claim)]), cancellationToken).ConfigureAwait(false);
        int[] finished = [.. Enumerable.Range(0, results.Length).Where(i => results[i].RetryAt is null)];
        if (finished.Length > 0)
        {
            var group = new ClaimGroup([.. finished.Select(i => results[i].Claim)]);
            var deleted = group.Mark(await work.ReadAsync(
                new($"DELETE FROM rescue_outbox WHERE {Locked(group)} RETURNING id", group.Values), ReadId, cancellationToken).ConfigureAwait(false));
            for (var i = 0; i < finished.Length; i++)
                held[finished[i]] = deleted[i];
        }

        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].RetryAt is { } retryAt)
                held[i] = await work.WriteAsync(Retry(results[i], retryAt), cancellationToken).ConfigureAwait(false) > 0;
        }

        return held;
    }

    public async ValueTask<DateTimeOffset?> FindOldestAsync(CancellationToken cancellationToken)
    {
        var due = await database.ReadAsync(
            new("SELECT min(due_at) FROM rescue_outbox"), row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return due[0] is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    /// <summary>Takes a session's messages out, whoever holds them.</summary>
    public static Statement Cancel(SessionId session) => new("DELETE FROM rescue_outbox WHERE session_id = @session", ("session", SessionSql.Key(session)));

    private static Statement Retry(OutboxResult result, DateTimeOffset retryAt)
    {
        var group = new ClaimGroup([result.Claim]);
        return new(
            $"""
            UPDATE rescue_outbox SET fence = fence + 1, begun = 0, uncertain = uncertain + @unknown, attempts = attempts - @held, available_at = @retry_at
            WHERE {group.IsHeld}
            """,
            [
                .. group.Values, ("unknown", result.ResultUnknown ? 1 : 0), ("held", result.IsHeld ? 1 : 0),
                ("retry_at", retryAt.UtcTicks),
            ]);
    }

    // A clock that was ahead has put it off too far.
    private async ValueTask RecallAsync(long now, long horizon, CancellationToken cancellationToken)
    {
        if (!await IsAnyAsync("available_at > @moment", horizon, cancellationToken).ConfigureAwait(false))
            return;
        var late = $"SELECT o.id FROM rescue_outbox o WHERE o.available_at > @horizon ORDER BY o.id {database.ForUpdateInOrder}";
        await database.WriteAsync(
            [new($"UPDATE rescue_outbox SET available_at = @now WHERE {database.IsOneOf("id", late)}", ("now", now), ("horizon", horizon))], cancellationToken)
            .ConfigureAwait(false);
    }

    // Rows are locked by their ids, whatever way the database finds them: a renewal takes many at once, and neither it nor what is begun or recorded
    // meanwhile may wait for the other in a circle.
    private string Locked(ClaimGroup group, string condition = "true") => database.IsOneOf("id", Lock(group, condition));

    private string Lock(ClaimGroup group, string condition) =>
        $"SELECT o.id FROM rescue_outbox o WHERE {group.IsHeld} AND {condition} ORDER BY o.id {database.ForUpdateInOrder}";

    private async ValueTask LockAsync(WriteTransaction work, ClaimGroup group, CancellationToken cancellationToken)
    {
        if (!database.HasOneWriter)
            await work.ReadAsync(new(Lock(group, "true"), group.Values), ReadId, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> IsAnyAsync(string condition, long moment, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            new($"SELECT 1 FROM rescue_outbox WHERE {condition} ORDER BY available_at LIMIT 1", ("moment", moment)), _ => true, cancellationToken).ConfigureAwait(false);
        return found.Count > 0;
    }

    private static byte[] ReadId(DbDataReader row) => row.GetFieldValue<byte[]>(0);

    private static (long Position, OutboxClaim Claim) Read(DbDataReader row, DateTimeOffset leaseUntil)
    {
        var message = new OutboxMessage(
            new Guid(row.GetFieldValue<byte[]>(1), bigEndian: true),
            new SessionId(new Guid(row.GetFieldValue<byte[]>(2), bigEndian: true)),
            row.GetString(3),
            row.GetFieldValue<byte[]>(4),
            new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero));
        return (row.GetInt64(0), new(message, row.GetInt64(6), row.GetInt32(7), row.GetInt32(8), leaseUntil));
    }
}
