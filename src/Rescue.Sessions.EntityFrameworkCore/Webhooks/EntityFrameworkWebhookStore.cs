using System.Collections.Immutable;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.EntityFrameworkCore.Webhooks;

/// <summary>Messages to webhooks' receivers in a database. They go away with their sessions. Thread-safe.</summary>
internal sealed class EntityFrameworkWebhookStore(Database database) : IWebhookStore
{
    // Small enough that others write in between.
    private const int MostRecalled = 200;

    public bool IsDurable => true;

    public async ValueTask AddAsync(ImmutableArray<WebhookDelivery> deliveries, CancellationToken cancellationToken = default)
    {
        if (!deliveries.IsEmpty)
            await database.WriteAsync([.. deliveries.Select(WebhookSql.Insert)], cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ImmutableArray<DueWebhook>> FindDueAsync(DateTimeOffset now, DateTimeOffset? horizon = null, CancellationToken cancellationToken = default)
    {
        if (horizon is { } furthest)
            await RecallAsync(now, furthest, cancellationToken).ConfigureAwait(false);
        return await FindAsync(WebhookSql.SelectDue(now), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ImmutableArray<WebhookClaim>> ClaimAsync(
        string webhook, DateTimeOffset now, DateTimeOffset leaseUntil, int limit, CancellationToken cancellationToken = default)
    {
        var claims = await database.ExecuteAsync(
            WebhookSql.Claim(database, webhook, now, leaseUntil, limit),
            row => new WebhookClaim(WebhookSql.Read(row), WebhookSql.ReadFence(row)),
            cancellationToken).ConfigureAwait(false);
        return [.. claims.OrderBy(claim => claim.Delivery.Sequence)];
    }

    public async ValueTask<ImmutableArray<bool>> CompleteAsync(ImmutableArray<WebhookOutcome> outcomes, CancellationToken cancellationToken = default)
    {
        if (outcomes.IsEmpty)
            return [];
        var stored = new bool[outcomes.Length];
        // In one order, so that no two writers wait for each other in a circle.
        int[] order = [.. Enumerable.Range(0, outcomes.Length).OrderBy(i => (outcomes[i].Claim.Delivery.Webhook, outcomes[i].Claim.Delivery.Sequence))];
        await database.WriteAsync(
            async (work, cancellation) =>
            {
                foreach (var i in order)
                    stored[i] = await work.WriteAsync(WebhookSql.Complete(outcomes[i]), cancellation).ConfigureAwait(false) > 0;
                await work.CommitAsync().ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return [.. stored];
    }

    public async ValueTask GiveBackAsync(ImmutableArray<WebhookClaim> claims, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        // In the same order.
        if (!claims.IsEmpty)
        {
            var ordered = claims.OrderBy(claim => (claim.Delivery.Webhook, claim.Delivery.Sequence));
            await database.WriteAsync([.. ordered.Select(claim => WebhookSql.GiveBack(claim, now))], cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<ImmutableArray<WebhookDelivery>> ListAsync(string webhook, long before, int limit, CancellationToken cancellationToken = default) =>
        [.. await database.ReadAsync(WebhookSql.Select(webhook, before, limit), WebhookSql.Read, cancellationToken).ConfigureAwait(false)];

    public async ValueTask<WebhookDelivery?> ReplayAsync(string webhook, long sequence, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await database.ExecuteAsync(WebhookSql.Replay(webhook, sequence, now), WebhookSql.Read, cancellationToken).ConfigureAwait(false) is [var again] ? again : null;

    public ValueTask DropAsync(string webhook, CancellationToken cancellationToken = default) =>
        database.WriteAsync([new("DELETE FROM rescue_webhook_delivery WHERE webhook = @webhook", ("webhook", webhook))], cancellationToken);

    public async ValueTask<int> ForgetAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken = default)
    {
        // Found first, for a condition on two columns by a list would be answered by looking at all rows.
        var over = await database.ReadAsync(
            WebhookSql.SelectFinished(finishedBefore, limit), row => (Webhook: row.GetString(0), Sequence: row.GetInt64(1)), cancellationToken).ConfigureAwait(false);
        if (over.Count > 0)
            await database.WriteAsync([.. over.Select(message => WebhookSql.DeleteFinished(message.Webhook, message.Sequence))], cancellationToken).ConfigureAwait(false);
        return over.Count;
    }

    // A clock that was ahead has put it off too far.
    private async ValueTask RecallAsync(DateTimeOffset now, DateTimeOffset horizon, CancellationToken cancellationToken)
    {
        foreach (var late in await FindAsync(WebhookSql.SelectBeyond(horizon), cancellationToken).ConfigureAwait(false))
        {
            while (await database.ExecuteAsync(WebhookSql.Recall(database, late.Webhook, now, horizon, MostRecalled), cancellationToken).ConfigureAwait(false) == MostRecalled)
            {
                // The rest follows, in steps that hold nobody up.
            }
        }
    }

    private async ValueTask<ImmutableArray<DueWebhook>> FindAsync(Statement query, CancellationToken cancellationToken) =>
        [.. await database.ReadAsync(query, row => new DueWebhook(row.GetString(0), row.GetString(1)), cancellationToken).ConfigureAwait(false)];
}
