namespace Rescue.Sessions.Subscriptions;

/// <summary>Where a subscription begins that the store does not know yet.</summary>
public enum SubscriptionStart
{
    /// <summary>With what happens from now on.</summary>
    Now,

    /// <summary>With the oldest event that is still stored.</summary>
    Beginning,
}
