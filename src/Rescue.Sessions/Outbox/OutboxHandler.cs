namespace Rescue.Sessions.Outbox;

/// <summary>Sends outbox messages of one kind. Register one per kind; it must be safe for parallel use.</summary>
public abstract class OutboxHandler
{
    /// <summary>The kind of message it sends, 1 to 32 characters.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether its messages are a session's invitation, whose state then follows the outcome.</summary>
    public virtual bool SendsInvitations => false;

    /// <summary>Tries to send one message.</summary>
    /// <param name="delivery">The message. When it is repeated it is the same, so that a receiver can tell.</param>
    /// <param name="cancellationToken">Ends the attempt; what may have been sent by then is <see cref="OutboxOutcomeKind.Unknown"/>.</param>
    /// <returns>What became of it. An exception counts as <see cref="OutboxOutcomeKind.Deferred"/>.</returns>
    public abstract Task<OutboxOutcome> SendAsync(OutboxDelivery delivery, CancellationToken cancellationToken);
}
