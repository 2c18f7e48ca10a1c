using System.Threading.Channels;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Feed;

/// <summary>
/// Reads from the store what a listener has missed of the feed. Few read at once, and while the store has failed they keep the others waiting, so that it is
/// not asked by everybody who has come back. Thread-safe.
/// </summary>
internal sealed class FeedBacklog(IEventStore store, TimeProvider time)
{
    // However many come back at once, the store's connections are for other work too.
    private const int Readers = 4;

    // Who reads has something in it, and the next waits until there is room.
    private readonly Channel<bool> reading = Channel.CreateBounded<bool>(Readers);

    /// <summary>Reads a page of the events after one and up to another, however long the store is out of reach.</summary>
    public async ValueTask<SessionFeedPage> ReadAsync(FeedTopic topic, long after, long upTo, CancellationToken cancellationToken)
    {
        var query = new SessionEventQuery { Tenant = topic.Tenant, Session = topic.Session, After = after, UpTo = upTo, Limit = SessionFeed.PageSize };
        await reading.Writer.WriteAsync(true, cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                try
                {
                    return await store.ReadFeedAsync(query, cancellationToken).ConfigureAwait(false);
                }
                catch (SessionStoreException)
                {
                    await Task.Delay(SessionFeed.OutagePause, time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            reading.Reader.TryRead(out _);
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
