using System.Collections.Immutable;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Subscriptions;

/// <summary>Keeps subscriptions in memory, beside sessions in memory. Safe for parallel use.</summary>
internal sealed class InMemorySubscriptionStore : ISubscriptionStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Row> subscriptions = new(StringComparer.Ordinal);
    private readonly InMemorySessionStore? sessions;
    private readonly ErasedSessions? erased;

    internal InMemorySubscriptionStore(InMemorySessionStore? sessions = null, ErasedSessions? erased = null)
    {
        this.sessions = sessions;
        this.erased = erased;
        if (sessions is not null)
            sessions.Erased += Erase;
    }

    /// <summary>A store whose held events go with their sessions.</summary>
    internal static InMemorySubscriptionStore Beside(ISessionStore sessions) => new(sessions as InMemorySessionStore, ErasedSessions.Of(sessions));

    /// <inheritdoc/>
    public bool IsDurable => false;

    /// <inheritdoc/>
    public ValueTask<SubscriptionLease?> TryTakeAsync(
        string name, string holder, DateTimeOffset now, DateTimeOffset leaseUntil, long start, CancellationToken cancellationToken = default)
    {
        var asked = new InMemoryLease(holder, leaseUntil);
        lock (gate)
        {
            if (!subscriptions.TryGetValue(name, out var row))
                subscriptions.Add(name, row = new() { Position = start });
            else if (row.Lease.IsInTheWayOf(asked, now))
                return new((SubscriptionLease?)null);
            row.Lease = asked;
            return new(new SubscriptionLease(++row.Fence, row.Position));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> SaveAsync(SubscriptionProgress progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var isSaved = false;
        if (sessions is null)
        {
            isSaved = Save(progress, progress.Held);
            await EraseAsync(progress.Held, cancellationToken).ConfigureAwait(false);
            return isSaved;
        }

        // What was erased before it was held is told to nobody any more.
        sessions.AmongPresent(isPresent => isSaved = Save(progress, progress.Held.Where(held => isPresent(held.Session))));
        return isSaved;
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<HeldEvent>> ReadHeldAsync(
        string subscription, bool parked, long after, int limit, CancellationToken cancellationToken = default)
    {
        await EraseAsync(All(subscription), cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            return subscriptions.TryGetValue(subscription, out var row)
                ? [.. row.Held.Values.Where(held => held.Sequence > after && held.RetryAt is null == parked).Take(limit)]
                : [];
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> RetryAsync(string subscription, long sequence, DateTimeOffset retryAt, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (FindParked(subscription, sequence) is not { } row)
                return new(false);
            row.Held[sequence] = row.Held[sequence] with { RetryAt = retryAt, Attempts = 0 };
            return new(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DiscardAsync(string subscription, long sequence, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(FindParked(subscription, sequence)?.Held.Remove(sequence) == true);
    }

    private bool Save(SubscriptionProgress progress, IEnumerable<HeldEvent> held)
    {
        lock (gate)
        {
            if (!subscriptions.TryGetValue(progress.Name, out var row) || row.Fence != progress.Fence)
                return false;
            (row.Position, row.Lease) = (progress.Position, row.Lease with { Until = progress.LeaseUntil });
            foreach (var one in held)
                row.Held[one.Sequence] = one;
            foreach (var sequence in progress.Released)
                row.Held.Remove(sequence);
            return true;
        }
    }

    private ImmutableArray<HeldEvent> All(string subscription)
    {
        lock (gate)
            return subscriptions.TryGetValue(subscription, out var row) ? [.. row.Held.Values] : [];
    }

    // What a host's own store has erased, this one is not told.
    private async ValueTask EraseAsync(ImmutableArray<HeldEvent> held, CancellationToken cancellationToken)
    {
        if (erased is null)
            return;
        foreach (var session in await erased.AmongAsync(held.Select(one => one.Session), cancellationToken).ConfigureAwait(false))
            Erase(session);
    }

    private void Erase(SessionId session)
    {
        lock (gate)
        {
            foreach (var row in subscriptions.Values)
            {
                foreach (var held in row.Held.Values.Where(held => held.Session == session).ToArray())
                    row.Held.Remove(held.Sequence);
            }
        }
    }

    private Row? FindParked(string subscription, long sequence) =>
        subscriptions.TryGetValue(subscription, out var row) && row.Held.TryGetValue(sequence, out var held) && held.RetryAt is null ? row : null;

    private sealed class Row
    {
        public InMemoryLease Lease { get; set; }

        public long Fence { get; set; }

        public long Position { get; set; }

        public SortedDictionary<long, HeldEvent> Held { get; } = [];
    }
}
