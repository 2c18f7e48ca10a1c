using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Outbox;

/// <summary>What is recorded of an attempt.</summary>
/// <param name="Outcome">What became of it. One put off for the last time counts as a rejection.</param>
/// <param name="Result">What the store is told: when the next attempt is due, or that there is none.</param>
internal sealed record OutboxDecision(OutboxOutcome Outcome, OutboxResult Result);
