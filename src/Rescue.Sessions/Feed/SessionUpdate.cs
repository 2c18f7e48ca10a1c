using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Feed;

/// <summary>
/// What has happened to a session, with the session. All who listen to it get the same object, so that what is made of it can be made once. Immutable.
/// </summary>
public sealed class SessionUpdate
{
    internal SessionUpdate(SessionFeedEntry entry, DateTimeOffset now)
    {
        Event = entry.Event;
        Stored = entry.Session;
        Session = entry.Session?.Session.Settle(now);
    }

    private SessionUpdate(SessionEvent happened) => Event = happened;

    /// <summary>What has happened.</summary>
    public SessionEvent Event { get; }

    /// <summary>
    /// The session as it was when the event was read: as new as the event or newer, which <see cref="Sessions.Session.Version"/> tells. Null when it has
    /// been erased since or cannot be read, and for a technician whose it is no longer and who sees their own alone.
    /// </summary>
    public Session? Session { get; }

    internal StoredSession? Stored { get; }

    internal SessionUpdate WithoutSession() => new(Event);
}
