using System.Runtime.CompilerServices;

namespace Rescue.Sessions.Feed;

/// <summary>
/// Listens to what happens to the sessions of a tenant, or to one session, from a known place on: first what was missed, page by page from the store,
/// then what comes, without a gap and without a repeat. It costs nothing while nothing happens. Read by one caller at a time.
/// </summary>
/// <remarks>A listener who does not keep up is let go and the reading ends; listen anew after the last <see cref="Lifecycle.SessionEvent.Sequence"/> that was seen.</remarks>
public sealed class SessionWatch : IDisposable
{
    private readonly SessionFeed feed;
    private FeedSubscription subscription;
    private long seen;

    private SessionWatch(SessionFeed feed, FeedSubscription subscription, long start)
    {
        this.feed = feed;
        this.subscription = subscription;
        Start = seen = start;
    }

    /// <summary>The sequence after which it begins.</summary>
    public long Start { get; }

    /// <summary>Reads on until the wait is ended or the listener is let go.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async IAsyncEnumerable<SessionUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (seen < subscription.Position)
        {
            var page = await feed.ReadBacklogAsync(subscription.Topic, seen, subscription.Position, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries)
            {
                seen = entry.Event.Sequence;
                yield return feed.Update(entry);
            }

            seen = page.Cursor;
            // While a long backlog was read, more has come than is kept for a listener; it is in the store by now.
            if (subscription.IsLetGo)
                await RejoinAsync(cancellationToken).ConfigureAwait(false);
        }

        await foreach (var update in subscription.Updates.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            // What another node's feed had handed over already.
            if (update.Event.Sequence <= seen)
                continue;
            seen = update.Event.Sequence;
            yield return update;
        }
    }

    /// <summary>Listens no more.</summary>
    public void Dispose() => feed.Leave(subscription);

    internal static async ValueTask<SessionWatch> OpenAsync(SessionFeed feed, FeedTopic topic, long? after, CancellationToken cancellationToken)
    {
        var subscription = await feed.JoinAsync(topic, cancellationToken).ConfigureAwait(false);
        try
        {
            return new(feed, subscription, await feed.StartAsync(subscription, after, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            feed.Leave(subscription);
            throw;
        }
    }

    /// <summary>Listens on and on, in spite of a store that fails and of falling behind.</summary>
    internal static async IAsyncEnumerable<SessionUpdate> FollowAsync(
        SessionFeed feed, FeedTopic topic, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var subscription = await feed.JoinPatientlyAsync(topic, cancellationToken).ConfigureAwait(false);
            using var watch = new SessionWatch(feed, subscription, after ?? subscription.Position);
            after = watch.seen;
            await foreach (var update in watch.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                after = update.Event.Sequence;
                yield return update;
            }

            if (!watch.subscription.IsLetGo)
                yield break;
        }
    }

    private async ValueTask RejoinAsync(CancellationToken cancellationToken)
    {
        feed.Leave(subscription);
        subscription = await feed.JoinPatientlyAsync(subscription.Topic, cancellationToken).ConfigureAwait(false);
    }
}
