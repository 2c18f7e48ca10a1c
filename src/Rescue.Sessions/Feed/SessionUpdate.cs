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

    /// <summary>What has happened.</summary>
    public SessionEvent Event { get; }

    /// <summary>
    /// The session as it was when the event was read: as new as the event or newer, which <see cref="Sessions.Session.Version"/> tells. Null when it has
    /// been erased since or cannot be read.
    /// </summary>
    public Session? Session { get; }

    internal StoredSession? Stored { get; }
}
