using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Feed;

/// <summary>
/// Reads from the store what a listener has missed of the feed. Few read at once, and while the store has failed they keep the others waiting, so that it is
/// not asked by everybody who has come back. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // Whoever reads while the host stops gives their place back, and a semaphore whose wait handle nobody asks for holds nothing.
internal sealed class FeedBacklog(IEventStore store, TimeProvider time)
#pragma warning restore CA1001
{
    // However many come back at once, the store's connections are for other work too.
    private const int MostReaders = 4;

    private readonly SemaphoreSlim places = new(MostReaders);

    /// <summary>Reads a page of the events after one and up to another, however long the store is out of reach.</summary>
    public async ValueTask<SessionFeedPage> ReadAsync(FeedTopic topic, long after, long upTo, CancellationToken cancellationToken)
    {
        var query = new SessionEventQuery { Tenant = topic.Tenant, Session = topic.Session, After = after, UpTo = upTo, Limit = SessionFeed.PageSize };
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                try
                {
                    return await store.ReadFeedAsync(query, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is SessionStoreException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
                {
                    await Task.Delay(SessionFeed.OutagePause, time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Where a listener goes on who says what they saw last. An id that is yet to come is from a store that was lost, and they begin now.</summary>
    public async ValueTask<long> StartAsync(FeedSubscription subscription, long? after, CancellationToken cancellationToken)
    {
        if (after is not { } seen)
            return subscription.Position;
        // Another node may be a little ahead of this one's feed.
        return seen <= subscription.Position || seen <= await store.ReadLatestSequenceAsync(cancellationToken).ConfigureAwait(false)
            ? seen
            : subscription.Position;
    }
}
