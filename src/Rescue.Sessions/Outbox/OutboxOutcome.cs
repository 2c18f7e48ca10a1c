using System.Diagnostics;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Outbox;

/// <summary>
/// What became of one attempt to send a message: one of <see cref="Accepted"/>, <see cref="Rejected"/>, <see cref="Deferred"/>, <see cref="NotSent"/>,
/// <see cref="Unknown"/>.
/// </summary>
public abstract record OutboxOutcome
{
    private OutboxOutcome(string? reason = null) => Reason = reason;

    /// <summary>Why, for a technician to read, without addresses and secrets; null when it was accepted.</summary>
    public string? Reason { get; init; }

    /// <summary>How far an invitation has come by it.</summary>
    internal InvitationState State => this switch
    {
        Accepted => InvitationState.Sent,
        Rejected => InvitationState.Rejected,
        Deferred or NotSent => InvitationState.Deferred,
        Unknown => InvitationState.Unknown,
        _ => throw new UnreachableException(),
    };

    /// <summary>Whoever carries it on has taken responsibility for it. Whether it has reached anybody, nobody says.</summary>
    public sealed record Accepted : OutboxOutcome;

    /// <summary>Refused for good: sending the same message again cannot help, for instance because nobody has the number.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Rejected(string? Reason) : OutboxOutcome(Reason);

    /// <summary>Certainly not sent; trying later may help, with nothing changed.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Deferred(string? Reason) : OutboxOutcome(Reason)
    {
        /// <summary>
        /// How long whoever carries it on asks to be left alone; null when they do not say. The next attempt is not before that time, but is put off by no more than
        /// <see cref="OutboxOptions.MaxRetryDelay"/>.
        /// </summary>
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>
    /// Certainly not sent, for a reason that says nothing about the message: somebody must correct a setting such as a key, or whoever carries it on was not
    /// reached. The attempt does not count, and it is tried again for as long as its code is live.
    /// </summary>
    /// <param name="Reason">What to correct, or what is away.</param>
    public sealed record NotSent(string? Reason) : OutboxOutcome(Reason)
    {
        /// <inheritdoc cref="Deferred.RetryAfter"/>
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>It may have been sent; the answer was lost. It is tried once more, the same as before, and then no more.</summary>
    /// <param name="Reason">How the conversation ended.</param>
    public sealed record Unknown(string? Reason) : OutboxOutcome(Reason);
}
