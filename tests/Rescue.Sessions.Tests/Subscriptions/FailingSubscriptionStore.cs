using System.Collections.Immutable;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.Tests.Subscriptions;

/// <summary>A store in memory that can be out of reach.</summary>
internal sealed class FailingSubscriptionStore : ISubscriptionStore
{
    private readonly InMemorySubscriptionStore inner = new();
    private int refusals;

    public bool IsAway { get; set; }

    public int Refusals => refusals;

    /// <summary>Called before it is read what is held.</summary>
    public Action? Reading { get; set; }

    public bool IsDurable => inner.IsDurable;

    public ValueTask<SubscriptionLease?> TryTakeAsync(
        string name, string holder, DateTimeOffset now, DateTimeOffset leaseUntil, long start, CancellationToken cancellationToken = default) =>
        Reachable().TryTakeAsync(name, holder, now, leaseUntil, start, cancellationToken);

    public ValueTask<bool> SaveAsync(SubscriptionProgress progress, CancellationToken cancellationToken = default) =>
        Reachable().SaveAsync(progress, cancellationToken);

    public ValueTask<ImmutableArray<HeldEvent>> ReadHeldAsync(
        string subscription, bool parked, long after, int limit, CancellationToken cancellationToken = default)
    {
        Reading?.Invoke();
        cancellationToken.ThrowIfCancellationRequested();
        return Reachable().ReadHeldAsync(subscription, parked, after, limit, cancellationToken);
    }

    public ValueTask<bool> RetryAsync(string subscription, long sequence, DateTimeOffset retryAt, CancellationToken cancellationToken = default) =>
        Reachable().RetryAsync(subscription, sequence, retryAt, cancellationToken);

    public ValueTask<bool> DiscardAsync(string subscription, long sequence, CancellationToken cancellationToken = default) =>
        Reachable().DiscardAsync(subscription, sequence, cancellationToken);

    private InMemorySubscriptionStore Reachable()
    {
        if (!IsAway)
            return inner;
        Interlocked.Increment(ref refusals);
        throw new SessionStoreException("The store is out of reach.");
    }
}
