using System.Diagnostics;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Outbox;

/// <summary>Decides whether a message is sent again, and when.</summary>
internal static class OutboxRetry
{
    // One attempt whose answer a server kept to itself may be repeated, a second never: a customer must not get the same mail over and over.
    private const int MaxUnanswered = 2;

    // A process can be killed before the server has all of a message, even twice; then nobody has it. A third attempt is one that hardly any message comes to, and it says the same with the same id.
    public const int MaxUncertain = 3;

    /// <summary>Whether sending was broken off so often, with nobody knowing what became of it, that it is not begun again.</summary>
    public static bool IsGivenUp(OutboxClaim claim) => claim.Uncertain >= MaxUncertain;

    /// <summary>What to record of an attempt.</summary>
    /// <param name="claim">The message, as it was before the attempt.</param>
    /// <param name="outcome">What became of the attempt.</param>
    /// <param name="limits">How often and how late.</param>
    /// <param name="now">The moment.</param>
    public static OutboxDecision Decide(OutboxClaim claim, OutboxOutcome outcome, OutboxOptions limits, DateTimeOffset now) => outcome switch
    {
        OutboxOutcome.NotSent { RetryAfter: var asked } =>
            new(outcome, new(claim, now + RetryDelay.AfterWaiting(now - claim.Message.DueAt, limits.MaxRetryDelay, asked)) { IsHeld = true }),
        OutboxOutcome.Deferred when claim.Attempts + 1 >= limits.MaxAttempts => new(new OutboxOutcome.Rejected(outcome.Reason), new(claim)),
        OutboxOutcome.Deferred { RetryAfter: var asked } => new(outcome, new(claim, now + RetryDelay.After(claim.Attempts, limits.MaxRetryDelay, asked))),
        OutboxOutcome.Unknown when claim.Uncertain + 1 < MaxUnanswered =>
            new(outcome, new(claim, now + RetryDelay.After(claim.Attempts, limits.MaxRetryDelay), ResultUnknown: true)),
        OutboxOutcome.Accepted or OutboxOutcome.Rejected or OutboxOutcome.Unknown => new(outcome, new(claim)),
        _ => throw new UnreachableException(),
    };
}
