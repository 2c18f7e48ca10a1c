namespace Rescue.Sessions.Outbox;

/// <summary>What became of one attempt to send.</summary>
/// <param name="Kind">The outcome.</param>
/// <param name="Reason">Why, for a technician to read, without addresses and secrets; null when it was sent.</param>
public sealed record OutboxOutcome(OutboxOutcomeKind Kind, string? Reason = null)
{
    /// <summary>
    /// Whether a deferred message waits for somebody to correct a setting, which says nothing about the message: the attempt does not count, and it
    /// is tried again for as long as its code is live.
    /// </summary>
    public bool IsHeld { get; init; }
}
