using System.Collections.Immutable;
using System.Data.Common;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>Messages that are not finished with. A message is deleted, payload and all, when it is.</summary>
internal sealed class OutboxTable(Database database)
{
    private const string Held = "id = @id AND fence = @fence";
    private const string Due = "(available_at <= @now OR available_at > @horizon)";

    public async ValueTask<ImmutableArray<OutboxClaim>> ClaimAsync(OutboxClaimRequest request, CancellationToken cancellationToken)
    {
        var (now, horizon) = (request.Now.UtcTicks, request.Horizon?.UtcTicks ?? long.MaxValue);
        var claim = new Statement(
            $"""
            UPDATE rescue_outbox SET fence = fence + 1, uncertain = uncertain + begun, begun = 0, available_at = @lease
            WHERE position IN (
                SELECT o.position FROM rescue_outbox o
                WHERE {Due}
                    AND NOT EXISTS (SELECT 1 FROM rescue_outbox e WHERE e.session_id = o.session_id AND e.position < o.position)
                ORDER BY o.available_at, o.position LIMIT @limit {database.ForUpdateSkipLocked})
            RETURNING position, id, session_id, kind, payload, due_at, fence, attempts, uncertain
            """,
            ("now", now), ("horizon", horizon), ("lease", request.LeaseUntil.UtcTicks), ("limit", request.Limit));
        // Asking is frequent and finding is rare: no transaction is begun for nothing.
        if (request.Limit == 0 || !await IsAnyDueAsync(now, horizon, cancellationToken).ConfigureAwait(false))
            return [];
        await using var work = await database.BeginAsync(cancellationToken).ConfigureAwait(false);
        var claims = await work.ReadAsync(claim, row => Read(row, request.LeaseUntil), cancellationToken).ConfigureAwait(false);
        await work.CommitAsync().ConfigureAwait(false);
        return [.. claims.OrderBy(found => found.Position).Select(found => found.Claim)];
    }

    /// <summary>Marks a message as being sent, in the same step in which its code is seen to be live.</summary>
    public async ValueTask<OutboxBegin> BeginAsync(OutboxClaim claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (id, fence) = Values(claim);
        await using var work = await database.BeginAsync(cancellationToken).ConfigureAwait(false);
        var begun = await work.WriteAsync(
            new(
                $"""
                UPDATE rescue_outbox SET begun = 1, attempts = attempts + 1 - begun
                WHERE {Held} AND available_at > @now
                    AND EXISTS (SELECT 1 FROM rescue_session s WHERE s.id = rescue_outbox.session_id AND s.code_live_until > @now)
                """,
                id, fence, ("now", now.UtcTicks)),
            cancellationToken).ConfigureAwait(false);
        var cancelled = begun > 0
            ? 0
            : await work.WriteAsync(
                new($"DELETE FROM rescue_outbox WHERE {Held} AND available_at > @now", id, fence, ("now", now.UtcTicks)), cancellationToken)
                .ConfigureAwait(false);
        await work.CommitAsync().ConfigureAwait(false);
        return begun > 0 ? OutboxBegin.Begun : cancelled > 0 ? OutboxBegin.Cancelled : OutboxBegin.LeaseLost;
    }

    public async ValueTask<bool> RenewAsync(OutboxClaim claim, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        var (id, fence) = Values(claim);
        await using var work = await database.BeginAsync(cancellationToken).ConfigureAwait(false);
        var renewed = await work.WriteAsync(
            new($"UPDATE rescue_outbox SET available_at = @lease WHERE {Held}", id, fence, ("lease", leaseUntil.UtcTicks)), cancellationToken)
            .ConfigureAwait(false);
        await work.CommitAsync().ConfigureAwait(false);
        return renewed > 0;
    }

    /// <summary>Records what became of a message, if the claim is still the latest.</summary>
    public static Statement Complete(OutboxClaim claim, OutboxCompletion completion)
    {
        var (id, fence) = Values(claim);
        return completion.RetryAt is { } retryAt
            ? new(
                $"""
                UPDATE rescue_outbox SET fence = fence + 1, begun = 0, uncertain = uncertain + @unknown, attempts = attempts - @held, available_at = @retry_at
                WHERE {Held}
                """,
                id, fence, ("unknown", completion.ResultUnknown ? 1 : 0), ("held", completion.IsHeld ? 1 : 0), ("retry_at", retryAt.UtcTicks))
            : new($"DELETE FROM rescue_outbox WHERE {Held}", id, fence);
    }

    /// <summary>Takes a session's messages out, whoever holds them.</summary>
    public static Statement Cancel(SessionId session) => new("DELETE FROM rescue_outbox WHERE session_id = @session", ("session", SessionSql.Key(session)));

    private async ValueTask<bool> IsAnyDueAsync(long now, long horizon, CancellationToken cancellationToken)
    {
        var due = await database.ReadAsync(
            new($"SELECT 1 FROM rescue_outbox WHERE {Due} LIMIT 1", ("now", now), ("horizon", horizon)), _ => true, cancellationToken).ConfigureAwait(false);
        return due.Count > 0;
    }

    private static ((string, object?) Id, (string, object?) Fence) Values(OutboxClaim claim) =>
        (("id", claim.Message.Id.ToByteArray(bigEndian: true)), ("fence", claim.Fence));

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
