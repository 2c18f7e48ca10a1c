using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>An event with its session, both read at the same moment.</summary>
/// <param name="Event">The event.</param>
/// <param name="Session">
/// The session as it was when both were read, which is as new as the event or newer: <see cref="Sessions.Session.Version"/> tells. Null when it cannot be
/// read or has been erased.
/// </param>
public readonly record struct SessionFeedEntry(SessionEvent Event, StoredSession? Session);
