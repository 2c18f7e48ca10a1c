using System.Collections.Immutable;

namespace Rescue.Sessions.Stores;

/// <summary>Events in order, each with its session.</summary>
/// <param name="Entries">The events and sessions.</param>
/// <param name="Cursor">
/// Read on after this sequence. When it has come to <see cref="SessionEventQuery.UpTo"/>, there is nothing more up to there; a page may have fewer
/// entries than were asked for, or none, before that.
/// </param>
public readonly record struct SessionFeedPage(ImmutableArray<SessionFeedEntry> Entries, long Cursor);
