using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.Email;

/// <summary>
/// What became of a message. How far the conversation got decides: what the mail server was asked to keep and did not answer for is
/// <see cref="Unknown"/>, everything before that is certain. Reasons are English diagnostics that hold no address, no password and
/// no text of the message.
/// </summary>
public abstract record DispatchResult
{
    private DispatchResult()
    {
    }

    /// <summary>The technician has a draft. Nothing was sent.</summary>
    /// <param name="Draft">The draft, in three forms.</param>
    public sealed record Drafted(EmailDraft Draft) : DispatchResult;

    /// <summary>The mail server has taken responsibility for the message (RFC 5321 section 4.2.5). It may still bounce later.</summary>
    /// <param name="Response">What the server answered, with addresses masked; it often names its queue id.</param>
    public sealed record Accepted(string Response) : DispatchResult;

    /// <summary>Refused for good (a 5yz reply, RFC 5321 section 4.2.1): sending the same message again cannot help.</summary>
    /// <param name="Code">The reply code, 500 to 599.</param>
    /// <param name="EnhancedStatus">The enhanced status code (RFC 3463), such as <c>5.1.1</c>, or null.</param>
    /// <param name="Reason">The server's words, masked.</param>
    public sealed record Rejected(int Code, string? EnhancedStatus, string Reason) : DispatchResult;

    /// <summary>Refused for now (a 4yz reply): the same message may be sent again later.</summary>
    /// <param name="Code">The reply code, 400 to 499.</param>
    /// <param name="EnhancedStatus">The enhanced status code (RFC 3463), such as <c>4.7.1</c>, or null.</param>
    /// <param name="Reason">The server's words, masked.</param>
    /// <param name="RetryAfter">How long the server asks to be left alone; null when it does not say. The next attempt waits for it, up to <see cref="OutboxOptions.MaxRetryDelay"/>.</param>
    public sealed record Deferred(int Code, string? EnhancedStatus, string Reason, TimeSpan? RetryAfter) : DispatchResult
    {
        /// <summary>Whether the server had been told of the message, which may then be why.</summary>
        internal bool IsMessageKnown { get; init; } = true;
    }

    /// <summary>The message was not sent, for a reason that lies with the way to the mail server and not with the message.</summary>
    /// <param name="Cause">What stood in the way.</param>
    /// <param name="Reason">The particulars.</param>
    /// <param name="CanRetry">
    /// Whether trying again may help with nothing changed; false where somebody must correct a setting first. Until then messages wait in the outbox, in either case for as long
    /// as their codes are live.
    /// </param>
    public sealed record NotSent(NotSentCause Cause, string Reason, bool CanRetry) : DispatchResult
    {
        /// <summary>The reply code, 400 to 599; null where the server said nothing.</summary>
        public int? Code { get; init; }

        /// <summary>The enhanced status code (RFC 3463), such as <c>5.7.8</c>; null where the server gave none.</summary>
        public string? EnhancedStatus { get; init; }

        /// <summary>
        /// What whoever runs the service needs to find the fault, as a sentence: the mail server's host and port, and what the system said. It goes to the log
        /// instead of <see cref="Reason"/> and is never shown to technicians, so it may name the host's network; it holds no password and nothing of the
        /// message. Null where there is no more to say.
        /// </summary>
        public string? Diagnosis { get; init; }

        /// <summary>Whether it may be the sender's domain alone that the server refuses, by which this service has introduced itself.</summary>
        internal bool MayBeOfSender { get; init; }

        /// <inheritdoc cref="Deferred.IsMessageKnown"/>
        internal bool IsMessageKnown { get; init; }
    }

    /// <summary>The body was begun and no answer came: the message may have been sent or not.</summary>
    /// <param name="Reason">How the conversation ended.</param>
    public sealed record Unknown(string Reason) : DispatchResult;
}
