namespace Rescue.Sessions.Outbox;

/// <summary>What became of one attempt to send.</summary>
/// <param name="Kind">The outcome.</param>
/// <param name="Reason">Why, for a technician to read, without addresses and secrets; null when it was sent.</param>
public sealed record OutboxOutcome(OutboxOutcomeKind Kind, string? Reason = null);
