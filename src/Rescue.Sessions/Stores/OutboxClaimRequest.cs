namespace Rescue.Sessions.Stores;

/// <summary>What a sender asks for.</summary>
/// <param name="Now">The present moment.</param>
/// <param name="LeaseUntil">Until when it wants to hold what it gets.</param>
/// <param name="Limit">The most messages it wants.</param>
public readonly record struct OutboxClaimRequest(DateTimeOffset Now, DateTimeOffset LeaseUntil, int Limit)
{
    /// <summary>
    /// The furthest that a lease or a retry can reach. What is held until later was written while a clock was ahead, and is due now; null leaves it as it is.
    /// </summary>
    public DateTimeOffset? Horizon { get; init; }
}
