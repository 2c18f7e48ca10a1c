namespace Rescue.Sessions.Stores;

/// <summary>What a sender tells the store of one claimed message.</summary>
/// <param name="Claim">The message.</param>
/// <param name="RetryAt">When to try again; null when it is finished with and its payload is to be erased.</param>
/// <param name="ResultUnknown">Whether it may have been sent although no answer came, which later claims count as uncertain.</param>
/// <param name="Change">What its session remembers of that, stored together with it; null for nothing.</param>
public sealed record OutboxResult(OutboxClaim Claim, DateTimeOffset? RetryAt = null, bool ResultUnknown = false, SessionChange? Change = null)
{
    /// <summary>Whether the attempt does not count, because it failed for a reason that lies with no message.</summary>
    public bool IsHeld { get; init; }
}
