using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>Events in order.</summary>
/// <param name="Events">The events.</param>
/// <param name="Cursor">Read on after this sequence; it has moved past events that were asked about and not wanted.</param>
public readonly record struct SessionEventPage(ImmutableArray<SessionEvent> Events, long Cursor);
