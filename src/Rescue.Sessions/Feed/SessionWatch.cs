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
    private readonly ListenerSight? sight;
    private FeedSubscription subscription;
    private long seen;

    private SessionWatch(SessionFeed feed, ListenerSight? sight, FeedSubscription subscription, long start)
    {
        this.feed = feed;
        this.sight = sight;
        this.subscription = subscription;
        Start = seen = start;
    }

    /// <summary>The sequence after which it begins.</summary>
    public long Start { get; }

    /// <summary>
    /// Who listens to their tenant; null where one session is listened to. Set it when the host knows of a change, such as of their groups, so that what they
    /// see follows; tenant and id stay.
    /// </summary>
    /// <exception cref="InvalidOperationException">One session is listened to, or somebody else is set.</exception>
    public Technician? Technician
    {
        get => sight?.Technician;
        set
        {
            if (sight is null || value is null || value.Id != sight.Technician.Id || value.Tenant != sight.Technician.Tenant)
                throw new InvalidOperationException("A watch stays its technician's. Open another for somebody else.");
            sight.Technician = value;
        }
    }

    /// <summary>Reads on until the wait is ended or the listener is let go.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async IAsyncEnumerable<SessionUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (seen < subscription.Position)
        {
            var page = await feed.Backlog.ReadAsync(subscription.Topic, seen, subscription.Position, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                seen = entry.Event.Sequence;
                if (await SeeAsync(feed.Update(entry), cancellationToken).ConfigureAwait(false) is { } missed)
                    yield return missed;
            }

            seen = page.Cursor;
            // While a long backlog was read, more has come than is kept for a listener; it is in the store by now.
            if (subscription.IsLetGo)
                await RejoinAsync(cancellationToken).ConfigureAwait(false);
        }

        await foreach (var update in subscription.Updates.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            // What lies ready is given without a look at it.
            cancellationToken.ThrowIfCancellationRequested();
            // What another node's feed had handed over already.
            if (update.Event.Sequence <= seen)
                continue;
            seen = update.Event.Sequence;
            if (await SeeAsync(update, cancellationToken).ConfigureAwait(false) is { } seenUpdate)
                yield return seenUpdate;
        }
    }

    /// <summary>Listens no more.</summary>
    public void Dispose() => feed.Leave(subscription);

    internal static async ValueTask<SessionWatch> OpenAsync(
        SessionFeed feed, FeedTopic topic, ListenerSight? sight, long? after, CancellationToken cancellationToken)
    {
        var subscription = await feed.JoinAsync(topic, cancellationToken).ConfigureAwait(false);
        try
        {
            return new(feed, sight, subscription, await feed.Backlog.StartAsync(subscription, after, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            feed.Leave(subscription);
            throw;
        }
    }

    /// <summary>Listens on and on, in spite of a store that fails and of falling behind.</summary>
    internal static async IAsyncEnumerable<SessionUpdate> FollowAsync(
        SessionFeed feed, FeedTopic topic, ListenerSight? sight, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var subscription = await feed.JoinPatientlyAsync(topic, cancellationToken).ConfigureAwait(false);
            using var watch = new SessionWatch(feed, sight, subscription, after ?? subscription.Position);
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

    private ValueTask<SessionUpdate?> SeeAsync(SessionUpdate update, CancellationToken cancellationToken) =>
        sight is null ? new(update) : sight.SeeAsync(update, cancellationToken);

    private async ValueTask RejoinAsync(CancellationToken cancellationToken)
    {
        feed.Leave(subscription);
        subscription = await feed.JoinPatientlyAsync(subscription.Topic, cancellationToken).ConfigureAwait(false);
    }
}
