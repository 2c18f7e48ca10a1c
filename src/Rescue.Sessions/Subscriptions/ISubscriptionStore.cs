using System.Collections.Immutable;

namespace Rescue.Sessions.Subscriptions;

/// <summary>
/// Keeps how far each durable subscription has come, who works it, and the events it holds. Implementations are safe for parallel use; a failure of the storage
/// surfaces as a <see cref="Stores.SessionStoreException"/>.
/// </summary>
public interface ISubscriptionStore
{
    /// <summary>Whether what it keeps outlives the process. Under a durable session store it must.</summary>
    bool IsDurable { get; }

    /// <summary>Takes a subscription for one node until a moment, under a new fence; the node that has it may take it anew.</summary>
    /// <param name="name">The subscription.</param>
    /// <param name="holder">The node; a name that no other has.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="leaseUntil">Until when the node wants to have it.</param>
    /// <param name="start">The sequence after which it begins when the store does not know it yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null while another node has it. One that would last more than twice as long as the one asked for was written while a clock was ahead, and holds nobody up.</returns>
    ValueTask<SubscriptionLease?> TryTakeAsync(
        string name, string holder, DateTimeOffset now, DateTimeOffset leaseUntil, long start, CancellationToken cancellationToken = default);

    /// <summary>Stores how far a subscription has come, and extends its lease, or ends it where <see cref="SubscriptionProgress.LeaseUntil"/> is now.</summary>
    /// <returns>False when it has been taken anew since; nothing is stored then.</returns>
    ValueTask<bool> SaveAsync(SubscriptionProgress progress, CancellationToken cancellationToken = default);

    /// <summary>Reads held events by their sequence.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="parked">Those that are parked, or those that are tried again.</param>
    /// <param name="after">Only those with a higher sequence.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<HeldEvent>> ReadHeldAsync(string subscription, bool parked, long after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Lets a parked event be tried again from a moment on, as often as a new one.</summary>
    /// <returns>False when there is none.</returns>
    ValueTask<bool> RetryAsync(string subscription, long sequence, DateTimeOffset retryAt, CancellationToken cancellationToken = default);

    /// <summary>Forgets a parked event.</summary>
    /// <returns>False when there is none.</returns>
    ValueTask<bool> DiscardAsync(string subscription, long sequence, CancellationToken cancellationToken = default);
}
