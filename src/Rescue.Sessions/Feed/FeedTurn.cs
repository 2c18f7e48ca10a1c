namespace Rescue.Sessions.Feed;

/// <summary>What the feed reads next.</summary>
/// <param name="After">The last event it has handed over; null while it does not know where to begin.</param>
/// <param name="HasListeners">Whether somebody wants sessions and not only to be woken.</param>
internal readonly record struct FeedTurn(long? After, bool HasListeners);
