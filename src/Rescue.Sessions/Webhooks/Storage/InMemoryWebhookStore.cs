using System.Collections.Immutable;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Webhooks.Storage;

/// <summary>Keeps messages in memory, beside sessions in memory. Safe for parallel use.</summary>
internal sealed class InMemoryWebhookStore : IWebhookStore
{
    private readonly InMemorySessionStore? sessions;
    private readonly Lock gate = new();
    private readonly Dictionary<string, InMemoryWebhookQueue> queues = new(StringComparer.Ordinal);

    internal InMemoryWebhookStore(InMemorySessionStore? sessions = null)
    {
        this.sessions = sessions;
        if (sessions is not null)
            sessions.Erased += Erase;
    }

    internal static InMemoryWebhookStore Beside(ISessionStore sessions) => new(sessions as InMemorySessionStore);

    /// <inheritdoc/>
    public bool IsDurable => false;

    /// <inheritdoc/>
    public ValueTask AddAsync(ImmutableArray<WebhookDelivery> deliveries, CancellationToken cancellationToken = default)
    {
        if (sessions is null)
            Add(deliveries);
        else
            sessions.AmongPresent(isPresent => Add(deliveries.Where(delivery => isPresent(delivery.Session))));
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<DueWebhook>> FindDueAsync(DateTimeOffset now, DateTimeOffset? horizon = null, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (horizon is { } furthest)
            {
                foreach (var queue in queues.Values)
                    queue.Recall(now, furthest);
            }

            return new([.. queues.Where(queue => queue.Value.IsDue(now)).Select(queue => new DueWebhook(queue.Key, queue.Value.Tenant))]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WebhookClaim>> ClaimAsync(
        string webhook, DateTimeOffset now, DateTimeOffset leaseUntil, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(queues.TryGetValue(webhook, out var queue) ? queue.Claim(now, leaseUntil, limit) : []);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<bool>> CompleteAsync(ImmutableArray<WebhookOutcome> outcomes, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new([.. outcomes.Select(outcome => queues.TryGetValue(outcome.Claim.Delivery.Webhook, out var queue) && queue.Complete(outcome))]);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WebhookDelivery>> ListAsync(string webhook, long before, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(queues.TryGetValue(webhook, out var queue) ? queue.List(before, limit) : []);
    }

    /// <inheritdoc/>
    public ValueTask<WebhookDelivery?> ReplayAsync(string webhook, long sequence, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(queues.TryGetValue(webhook, out var queue) ? queue.Replay(sequence, now) : null);
    }

    /// <inheritdoc/>
    public ValueTask DropAsync(string webhook, CancellationToken cancellationToken = default)
    {
        lock (gate)
            queues.Remove(webhook);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<int> ForgetAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            var forgotten = 0;
            foreach (var queue in queues.Values)
                forgotten += queue.Forget(finishedBefore, limit - forgotten);
            return new(forgotten);
        }
    }

    private void Add(IEnumerable<WebhookDelivery> deliveries)
    {
        lock (gate)
        {
            foreach (var delivery in deliveries)
            {
                if (!queues.TryGetValue(delivery.Webhook, out var queue))
                    queues.Add(delivery.Webhook, queue = new(delivery.Tenant));
                queue.Add(delivery);
            }
        }
    }

    private void Erase(SessionId session)
    {
        lock (gate)
        {
            foreach (var queue in queues.Values)
                queue.Erase(session);
        }
    }
}
