using System.Collections.Immutable;

namespace Rescue.Sessions.Subscriptions;

/// <summary>How far a subscription has come, to be stored in one step.</summary>
/// <param name="Name">The subscription.</param>
/// <param name="Fence">That of the lease under which it is saved.</param>
/// <param name="LeaseUntil">Until when the node has it from now on.</param>
/// <param name="Position">The sequence up to which all events have been handled or are held.</param>
public sealed record SubscriptionProgress(string Name, long Fence, DateTimeOffset LeaseUntil, long Position)
{
    /// <summary>Events that are held from now on, or in another way than before. Those of sessions that have been erased are left out.</summary>
    public ImmutableArray<HeldEvent> Held { get; init; } = [];

    /// <summary>The sequences of events that are no longer held.</summary>
    public ImmutableArray<long> Released { get; init; } = [];
}
