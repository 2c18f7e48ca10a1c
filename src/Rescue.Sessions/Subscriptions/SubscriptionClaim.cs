namespace Rescue.Sessions.Subscriptions;

/// <summary>What a node asks for that wants to work a subscription.</summary>
/// <param name="Name">The subscription.</param>
/// <param name="Holder">The node; a name that no other has.</param>
/// <param name="Now">The present moment.</param>
/// <param name="LeaseUntil">Until when the node wants to have it.</param>
/// <param name="Start">The sequence after which it begins when the store does not know it yet.</param>
public sealed record SubscriptionClaim(string Name, string Holder, DateTimeOffset Now, DateTimeOffset LeaseUntil, long Start);
