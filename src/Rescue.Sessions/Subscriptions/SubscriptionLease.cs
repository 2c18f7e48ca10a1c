namespace Rescue.Sessions.Subscriptions;

/// <summary>A subscription that one node works.</summary>
/// <param name="Fence">Grows each time it is taken: what is saved under an older one is refused, so that a node that fell asleep does no harm.</param>
/// <param name="Position">The sequence up to which all events have been handled or are held.</param>
public readonly record struct SubscriptionLease(long Fence, long Position);
