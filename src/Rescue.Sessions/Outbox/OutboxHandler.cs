namespace Rescue.Sessions.Outbox;

/// <summary>Sends outbox messages of one kind. Register one per kind; it must be safe for parallel use.</summary>
public abstract class OutboxHandler
{
    /// <summary>The kind of message it sends, 1 to 32 characters.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether its messages are a session's invitation, whose state then follows the outcome.</summary>
    public virtual bool SendsInvitations => false;

    /// <summary>Whether its messages take several ways, such as one mail server or another; false unless overridden.</summary>
    public virtual bool HasLanes => false;

    /// <summary>
    /// Names the way that a message takes, where there are several. Ways do not wait for each other: each sends as many messages at the same time as
    /// <see cref="OutboxOptions.Concurrency"/> says.
    /// </summary>
    /// <param name="payload">What was stored with the message, in clear.</param>
    /// <param name="cancellationToken">Ends the wait: the host stops.</param>
    public virtual ValueTask<string> FindLaneAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => new("");

    /// <summary>Tries to send one message.</summary>
    /// <param name="session">The session it belongs to.</param>
    /// <param name="payload">What was stored with it, in clear. When it is repeated it is the same, so that a receiver can tell.</param>
    /// <param name="cancellationToken">Ends the attempt; what may have been sent by then is <see cref="OutboxOutcome.Unknown"/>.</param>
    /// <returns>What became of it. An exception counts as <see cref="OutboxOutcome.Deferred"/>.</returns>
    public abstract Task<OutboxOutcome> SendAsync(SessionId session, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
