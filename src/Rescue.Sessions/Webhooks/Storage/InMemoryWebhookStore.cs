using System.Collections.Immutable;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Webhooks.Storage;

/// <summary>Keeps messages in memory, beside sessions in memory. Safe for parallel use.</summary>
internal sealed class InMemoryWebhookStore : IWebhookStore
{
    private readonly InMemorySessionStore? sessions;
    private readonly ErasedSessions? erased;
    private readonly Lock gate = new();
    private readonly Dictionary<string, InMemoryWebhookQueue> queues = new(StringComparer.Ordinal);

    internal InMemoryWebhookStore(InMemorySessionStore? sessions = null, ErasedSessions? erased = null)
    {
        this.sessions = sessions;
        this.erased = erased;
        if (sessions is not null)
            sessions.Erased += Erase;
    }

    /// <summary>A store whose messages go with their sessions.</summary>
    internal static InMemoryWebhookStore Beside(ISessionStore sessions) => new(sessions as InMemorySessionStore, ErasedSessions.Of(sessions));

    /// <inheritdoc/>
    public bool IsDurable => false;

    /// <inheritdoc/>
    public async ValueTask AddAsync(ImmutableArray<WebhookDelivery> deliveries, CancellationToken cancellationToken = default)
    {
        if (sessions is not null)
        {
            sessions.AmongPresent(isPresent => Add(deliveries.Where(delivery => isPresent(delivery.Session))));
            return;
        }

        Add(deliveries);
        await EraseAsync(deliveries.Select(delivery => delivery.Session), cancellationToken).ConfigureAwait(false);
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
    public async ValueTask<ImmutableArray<WebhookClaim>> ClaimAsync(
        string webhook, DateTimeOffset now, DateTimeOffset leaseUntil, int limit, CancellationToken cancellationToken = default)
    {
        await EraseAsync(webhook, queue => queue.Due(now, limit).Select(message => message.Delivery), cancellationToken).ConfigureAwait(false);
        lock (gate)
            return queues.TryGetValue(webhook, out var queue) ? queue.Claim(now, leaseUntil, limit) : [];
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<bool>> CompleteAsync(ImmutableArray<WebhookOutcome> outcomes, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new([.. outcomes.Select(outcome => queues.TryGetValue(outcome.Claim.Delivery.Webhook, out var queue) && queue.Complete(outcome))]);
    }

    /// <inheritdoc/>
    public ValueTask GiveBackAsync(ImmutableArray<WebhookClaim> claims, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            foreach (var claim in claims)
            {
                if (queues.TryGetValue(claim.Delivery.Webhook, out var queue))
                    queue.GiveBack(claim, now);
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<WebhookDelivery>> ListAsync(string webhook, long before, int limit, CancellationToken cancellationToken = default)
    {
        await EraseAsync(webhook, queue => queue.List(before, limit), cancellationToken).ConfigureAwait(false);
        lock (gate)
            return queues.TryGetValue(webhook, out var queue) ? queue.List(before, limit) : [];
    }

    /// <inheritdoc/>
    public async ValueTask<WebhookDelivery?> ReplayAsync(string webhook, long sequence, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await EraseAsync(webhook, queue => queue.List(sequence + 1, 1), cancellationToken).ConfigureAwait(false);
        lock (gate)
            return queues.TryGetValue(webhook, out var queue) ? queue.Replay(sequence, now) : null;
    }

    /// <inheritdoc/>
    public ValueTask DropAsync(string webhook, CancellationToken cancellationToken = default)
    {
        lock (gate)
            queues.Remove(webhook);
        return default;
    }

    /// <inheritdoc/>
    public async ValueTask<int> ForgetAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken = default)
    {
        if (erased is not null)
        {
            SessionId[] kept;
            lock (gate)
                kept = [.. queues.Values.SelectMany(queue => queue.Sessions)];
            await EraseAsync(kept, cancellationToken).ConfigureAwait(false);
        }

        lock (gate)
        {
            var forgotten = 0;
            foreach (var queue in queues.Values)
                forgotten += queue.Forget(finishedBefore, limit - forgotten);
            return forgotten;
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

    // What a host's own store has erased, this one is not told. It asks about what it is about to give, and not about all that it keeps.
    private async ValueTask EraseAsync(string webhook, Func<InMemoryWebhookQueue, IEnumerable<WebhookDelivery>> given, CancellationToken cancellationToken)
    {
        if (erased is null)
            return;
        SessionId[] sessions;
        do
        {
            lock (gate)
                sessions = queues.TryGetValue(webhook, out var queue) ? [.. given(queue).Select(delivery => delivery.Session)] : [];
        }
        while (await EraseAsync(sessions, cancellationToken).ConfigureAwait(false));
    }

    // Whether any was erased, and others take its place.
    private async ValueTask<bool> EraseAsync(IEnumerable<SessionId> kept, CancellationToken cancellationToken)
    {
        if (erased is null)
            return false;
        var gone = await erased.AmongAsync(kept, cancellationToken).ConfigureAwait(false);
        foreach (var session in gone)
            Erase(session);
        return gone.Count > 0;
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
