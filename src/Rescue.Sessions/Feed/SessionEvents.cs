using Rescue.Sessions.Codes;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions;

/// <summary>What happens to sessions, told to technicians as it happens. Thread-safe.</summary>
public sealed class SessionEvents
{
    private readonly SessionFeed feed;
    private readonly OwnSessions own;
    private readonly SessionSecrets secrets;
    private readonly TimeProvider time;

    internal SessionEvents(SessionFeed feed, OwnSessions own, SessionSecrets secrets, TimeProvider time)
    {
        this.feed = feed;
        this.own = own;
        this.secrets = secrets;
        this.time = time;
    }

    /// <summary>
    /// The events of those sessions of the tenant that the technician may see, as they happen, on whatever node, until the wait is ended. Every listener hears each of them. While the
    /// store is out of reach the stream waits, and then goes on where it was.
    /// </summary>
    /// <param name="technician">Who listens.</param>
    /// <param name="after">The last <see cref="SessionEvent.Sequence"/> that was seen, to go on after it; null to begin now, or with what happened a moment ago.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public IAsyncEnumerable<SessionEvent> WatchAsync(Technician technician, long? after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return SessionWatch.FollowAsync(
            feed, FeedTopic.Of(technician.Tenant), new(own, technician, time), after, cancellationToken).Select(update => update.Event);
    }

    /// <summary>
    /// Listens to those sessions of the tenant that the technician may see from a known place on, and gets each event with its session; for streams that a client resumes. However many
    /// listen, the store is read once for all of them.
    /// </summary>
    /// <param name="technician">Who listens.</param>
    /// <param name="after">The last <see cref="SessionEvent.Sequence"/> that was seen, to go on after it; null, or one that is yet to come, to begin now, or with what happened a moment ago.</param>
    /// <param name="cancellationToken">Ends the wait for the beginning.</param>
    /// <exception cref="SessionStoreException">The store failed.</exception>
    public ValueTask<SessionWatch> OpenWatchAsync(Technician technician, long? after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return SessionWatch.OpenAsync(feed, FeedTopic.Of(technician.Tenant), new(own, technician, time), after, cancellationToken);
    }

    /// <summary>
    /// The secret that an active session's owner shares with its applet, as it was when the event was read; null for anybody else, in any other status, and
    /// when the key of the ring that sealed it is missing. Asks no store.
    /// </summary>
    public HandOverSecret? HandOverOf(Technician technician, SessionUpdate update)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(update);
        return update.Stored is { } stored && stored.Session.Tenant == technician.Tenant ? secrets.HandOverFor(technician, stored, time.GetUtcNow()) : null;
    }
}
