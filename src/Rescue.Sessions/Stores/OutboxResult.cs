namespace Rescue.Sessions.Stores;

/// <summary>What a sender tells the store of one claimed message.</summary>
/// <param name="Claim">The message.</param>
/// <param name="Completion">What became of it.</param>
/// <param name="Change">What its session remembers of that, stored together with it; null for nothing.</param>
public sealed record OutboxResult(OutboxClaim Claim, OutboxCompletion Completion, SessionChange? Change = null);
