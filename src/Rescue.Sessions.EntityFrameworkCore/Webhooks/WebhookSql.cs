using System.Data.Common;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.EntityFrameworkCore.Webhooks;

/// <summary>The statements about messages to webhooks' receivers.</summary>
internal static class WebhookSql
{
    private const string Columns =
        "webhook, sequence, session_id, tenant, type, body, created_at, due_at, attempts, attempted_at, status_code, problem, finished_at, fence";

    public static Statement Insert(WebhookDelivery delivery) => new(
        """
        INSERT INTO rescue_webhook_delivery (webhook, sequence, session_id, tenant, type, body, created_at, due_at, attempts, fence)
        SELECT @webhook, @sequence, s.id, @tenant, @type, @body, @created_at, CAST(@due_at AS bigint), 0, 0 FROM rescue_session s WHERE s.id = @session
        ON CONFLICT DO NOTHING
        """,
        ("webhook", delivery.Webhook), ("sequence", delivery.Sequence), ("session", SessionSql.Key(delivery.Session)), ("tenant", delivery.Tenant),
        ("type", delivery.Type), ("body", delivery.Body), ("created_at", delivery.CreatedAt.UtcTicks), ("due_at", Ticks.Of(delivery.DueAt)));

    /// <summary>The receivers with due messages. It jumps from one receiver to the next, so that what waits for one costs no look at the others.</summary>
    public static Statement SelectDue(DateTimeOffset now) => SelectWebhooks("d.due_at <= @moment", now);

    /// <summary>The receivers with messages that are held or put off beyond a horizon.</summary>
    public static Statement SelectBeyond(DateTimeOffset horizon) => SelectWebhooks("d.due_at > @moment", horizon);

    /// <summary>Makes some of a receiver's messages beyond a horizon due, but for those that somebody has locked.</summary>
    public static Statement Recall(Database database, string webhook, DateTimeOffset now, DateTimeOffset horizon, int limit)
    {
        var late = $"SELECT o.sequence FROM rescue_webhook_delivery o WHERE o.webhook = @webhook AND o.due_at > @horizon ORDER BY o.due_at {Statement.Limit} {database.ForUpdateSkipLocked}";
        return new(
            $"UPDATE rescue_webhook_delivery SET due_at = @now WHERE webhook = @webhook AND {database.IsOneOf("sequence", late)}",
            ("webhook", webhook), ("now", now.UtcTicks), ("horizon", horizon.UtcTicks), ("limit", (long)limit));
    }

    public static Statement Claim(Database database, string webhook, DateTimeOffset now, DateTimeOffset leaseUntil, int limit)
    {
        var due =
            $"""
            SELECT o.sequence FROM rescue_webhook_delivery o
            WHERE o.webhook = @webhook AND o.due_at <= @now AND NOT EXISTS (
                SELECT 1 FROM rescue_webhook_delivery e
                WHERE e.session_id = o.session_id AND e.webhook = o.webhook AND e.sequence < o.sequence AND e.due_at IS NOT NULL)
            ORDER BY o.due_at, o.sequence {Statement.Limit} {database.ForUpdateSkipLocked}
            """;
        return new(
            $"""
            UPDATE rescue_webhook_delivery SET fence = fence + 1, due_at = @lease WHERE webhook = @webhook AND {database.IsOneOf("sequence", due)}
            RETURNING {Columns}
            """,
            ("webhook", webhook), ("now", now.UtcTicks), ("lease", leaseUntil.UtcTicks), ("limit", (long)limit));
    }

    public static Statement Complete(WebhookOutcome outcome) => new(
        """
        UPDATE rescue_webhook_delivery SET
            fence = fence + 1, due_at = @retry_at, attempts = attempts + 1, attempted_at = @at, status_code = @status, problem = @problem, finished_at = @finished_at
        WHERE webhook = @webhook AND sequence = @sequence AND fence = @fence AND due_at IS NOT NULL
        """,
        ("webhook", outcome.Claim.Delivery.Webhook), ("sequence", outcome.Claim.Delivery.Sequence), ("fence", outcome.Claim.Fence),
        ("retry_at", Ticks.Of(outcome.RetryAt)), ("at", outcome.At.UtcTicks), ("status", outcome.StatusCode), ("problem", outcome.Problem),
        ("finished_at", outcome.RetryAt is null ? outcome.At.UtcTicks : null));

    public static Statement GiveBack(WebhookClaim claim, DateTimeOffset now) => new(
        """
        UPDATE rescue_webhook_delivery SET fence = fence + 1, due_at = @now
        WHERE webhook = @webhook AND sequence = @sequence AND fence = @fence AND due_at IS NOT NULL
        """,
        ("webhook", claim.Delivery.Webhook), ("sequence", claim.Delivery.Sequence), ("fence", claim.Fence), ("now", now.UtcTicks));

    public static Statement Select(string webhook, long before, int limit) => new(
        $"SELECT {Columns} FROM rescue_webhook_delivery WHERE webhook = @webhook AND sequence < @before ORDER BY sequence DESC {Statement.Limit}",
        ("webhook", webhook), ("before", before), ("limit", (long)limit));

    public static Statement Replay(string webhook, long sequence, DateTimeOffset now) => new(
        $"""
        UPDATE rescue_webhook_delivery SET
            due_at = CASE WHEN due_at <= @now THEN due_at ELSE @now END, attempts = CASE WHEN due_at IS NULL THEN 0 ELSE attempts END, finished_at = NULL,
            fence = fence + 1
        WHERE webhook = @webhook AND sequence = @sequence RETURNING {Columns}
        """,
        ("webhook", webhook), ("sequence", sequence), ("now", now.UtcTicks));

    public static Statement SelectFinished(DateTimeOffset before, int limit) => new(
        $"SELECT webhook, sequence FROM rescue_webhook_delivery WHERE finished_at < @before ORDER BY finished_at {Statement.Limit}",
        ("before", before.UtcTicks), ("limit", (long)limit));

    // It may have been replayed since it was found.
    public static Statement DeleteFinished(string webhook, long sequence) => new(
        "DELETE FROM rescue_webhook_delivery WHERE webhook = @webhook AND sequence = @sequence AND finished_at IS NOT NULL",
        ("webhook", webhook), ("sequence", sequence));

    public static WebhookDelivery Read(DbDataReader row) => new()
    {
        Webhook = row.GetString(0), Sequence = row.GetInt64(1), Session = new(new Guid(row.GetFieldValue<byte[]>(2), bigEndian: true)), Tenant = row.GetString(3),
        Type = row.GetString(4), Body = row.GetString(5), CreatedAt = new(row.GetInt64(6), TimeSpan.Zero), DueAt = Moment(row, 7), Attempts = row.GetInt32(8),
        AttemptedAt = Moment(row, 9), StatusCode = row.IsDBNull(10) ? null : row.GetInt32(10), Problem = row.IsDBNull(11) ? null : row.GetString(11),
        FinishedAt = Moment(row, 12),
    };

    public static long ReadFence(DbDataReader row) => row.GetInt64(13);

    private static Statement SelectWebhooks(string isWanted, DateTimeOffset moment) => new(
        $"""
        WITH RECURSIVE w (webhook) AS (
            SELECT (SELECT min(d.webhook) FROM rescue_webhook_delivery d WHERE d.due_at IS NOT NULL)
            UNION ALL
            SELECT (SELECT min(d.webhook) FROM rescue_webhook_delivery d WHERE d.due_at IS NOT NULL AND d.webhook > w.webhook) FROM w WHERE w.webhook IS NOT NULL)
        SELECT due.webhook, due.tenant FROM (
            SELECT w.webhook, (
                SELECT d.tenant FROM rescue_webhook_delivery d WHERE d.webhook = w.webhook AND {isWanted} ORDER BY d.due_at LIMIT 1) AS tenant
            FROM w WHERE w.webhook IS NOT NULL) due
        WHERE due.tenant IS NOT NULL
        """,
        ("moment", moment.UtcTicks));

    private static DateTimeOffset? Moment(DbDataReader row, int column) => row.IsDBNull(column) ? null : Ticks.Read(row.GetInt64(column));
}
