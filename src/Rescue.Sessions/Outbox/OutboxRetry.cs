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

    /// <summary>What to record after an attempt: when the next one is due, or that there is none.</summary>
    /// <param name="claim">The message, as it was before the attempt.</param>
    /// <param name="outcome">What became of the attempt; one put off for the last time is a rejection.</param>
    /// <param name="limits">How often and how late.</param>
    /// <param name="now">The moment.</param>
    public static OutboxCompletion Decide(OutboxClaim claim, ref OutboxOutcome outcome, OutboxOptions limits, DateTimeOffset now)
    {
        if (outcome is { Kind: OutboxOutcomeKind.Deferred, IsHeld: true })
            return new(now + RetryDelay.Within(limits.MaxRetryDelay)) { IsHeld = true };
        if (outcome.Kind == OutboxOutcomeKind.Deferred && claim.Attempts + 1 >= limits.MaxAttempts)
            outcome = new(OutboxOutcomeKind.Rejected, outcome.Reason);
        var retryAt = now + RetryDelay.After(claim.Attempts, limits.MaxRetryDelay);
        return outcome.Kind switch
        {
            OutboxOutcomeKind.Deferred => new(retryAt),
            OutboxOutcomeKind.Unknown when claim.Uncertain + 1 < MaxUnanswered => new(retryAt, ResultUnknown: true),
            OutboxOutcomeKind.Sent or OutboxOutcomeKind.Rejected or OutboxOutcomeKind.Unknown => OutboxCompletion.Finished,
            _ => throw new UnreachableException(),
        };
    }
}
