using System.Collections.Immutable;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.Reliability.Nodes.Weaknesses;

/// <summary>Lets a node that takes a subscription over begin with what comes, as one would that listens to events in its process.</summary>
internal sealed class ForgetfulSubscriptionStore(ISubscriptionStore inner, ISessionStore sessions) : ISubscriptionStore
{
    public bool IsDurable => inner.IsDurable;

    public async ValueTask<SubscriptionLease?> TryTakeAsync(
        string name, string holder, DateTimeOffset now, DateTimeOffset leaseUntil, long start, CancellationToken cancellationToken = default) =>
        await inner.TryTakeAsync(name, holder, now, leaseUntil, start, cancellationToken) is { } lease
            ? lease with { Position = await sessions.ReadLatestSequenceAsync(cancellationToken) }
            : null;

    public ValueTask<bool> SaveAsync(SubscriptionProgress progress, CancellationToken cancellationToken = default) => inner.SaveAsync(progress, cancellationToken);

    public ValueTask<ImmutableArray<HeldEvent>> ReadHeldAsync(
        string subscription, bool parked, long after, int limit, CancellationToken cancellationToken = default) =>
        inner.ReadHeldAsync(subscription, parked, after, limit, cancellationToken);

    public ValueTask<bool> RetryAsync(string subscription, long sequence, DateTimeOffset retryAt, CancellationToken cancellationToken = default) =>
        inner.RetryAsync(subscription, sequence, retryAt, cancellationToken);

    public ValueTask<bool> DiscardAsync(string subscription, long sequence, CancellationToken cancellationToken = default) =>
        inner.DiscardAsync(subscription, sequence, cancellationToken);
}
