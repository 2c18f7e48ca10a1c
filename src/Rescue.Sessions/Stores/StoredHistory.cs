using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>A session with all that has happened to it, both read at the same moment.</summary>
/// <param name="Session">The session.</param>
/// <param name="Events">Its events in order.</param>
public sealed record StoredHistory(StoredSession Session, ImmutableArray<SessionEvent> Events);
