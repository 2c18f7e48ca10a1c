using System.Collections.Immutable;

namespace Rescue.Sessions.Subscriptions;

/// <summary>
/// The events that durable subscriptions have parked because their handlers failed too often: for whoever operates the product. Thread-safe.
/// </summary>
public sealed class SessionSubscriptions
{
    private readonly ISubscriptionStore store;
    private readonly SubscriptionSignal signal;
    private readonly TimeProvider time;

    internal SessionSubscriptions(IEnumerable<Subscription> subscriptions, ISubscriptionStore store, SubscriptionSignal signal, TimeProvider time)
    {
        this.store = store;
        this.signal = signal;
        this.time = time;
        Names = [.. subscriptions.Select(subscription => subscription.Name)];
    }

    /// <summary>The names of the subscriptions that this product has.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Lists parked events by their sequence.</summary>
    /// <param name="subscription">The subscription's name.</param>
    /// <param name="after">Only those with a higher sequence.</param>
    /// <param name="limit">The most to return, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<ImmutableArray<HeldEvent>> ListParkedAsync(
        string subscription, long after = 0, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return store.ReadHeldAsync(subscription, parked: true, after, limit, cancellationToken);
    }

    /// <summary>
    /// Lets a parked event be tried again, as often as a new one: at once where the subscription is worked by this process, within five seconds elsewhere.
    /// Later events of its session may have been handled since.
    /// </summary>
    /// <returns>False when no such event is parked.</returns>
    public async ValueTask<bool> RetryAsync(string subscription, long sequence, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        if (!await store.RetryAsync(subscription, sequence, time.GetUtcNow(), cancellationToken).ConfigureAwait(false))
            return false;
        signal.LookAgain();
        return true;
    }

    /// <summary>Forgets a parked event: it is never handled.</summary>
    /// <returns>False when no such event is parked.</returns>
    public ValueTask<bool> DiscardAsync(string subscription, long sequence, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        return store.DiscardAsync(subscription, sequence, cancellationToken);
    }
}
