using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>What became of a message, told from how far the conversation got. The phase decides, not the exception.</summary>
internal static class SmtpOutcome
{
    /// <summary>What a server with the rule would say (RFC 6531 section 3.5); we do not let it come to that.</summary>
    public static readonly DispatchResult NeedsSmtpUtf8 = new DispatchResult.Rejected(
        553, "5.6.7", "The mail server does not offer SMTPUTF8, which an address with characters beyond ASCII before its @ needs.");

    /// <summary>Whether the exception is the mail system's and not a mistake of ours.</summary>
    public static bool Explains(Exception failure) => failure is IOException or SocketException or ProtocolException or CommandException
        or ServiceNotConnectedException or ServiceNotAuthenticatedException or SslHandshakeException or AuthenticationException
        or SmtpTokenException or OperationCanceledException or TimeoutException or NotSupportedException or ObjectDisposedException;

    /// <summary>The outcome of a conversation that ran to its end.</summary>
    public static DispatchResult Of(SmtpConversation conversation, EmailMessage message) => conversation.Verdict switch
    {
        { IsPositive: true } verdict => new DispatchResult.Accepted(ReplyMask.Mask(verdict.Text, message)),
        { IsPermanentRefusal: true } or { IsTransientRefusal: true } => Refused(conversation.Verdict, message),
        _ => new DispatchResult.Unknown("The mail server did not say what became of the message."),
    };

    /// <summary>The outcome of a conversation that a failure ended.</summary>
    public static DispatchResult Of(SmtpConversation conversation, EmailMessage message, Exception failure, bool isTimedOut)
    {
        if (conversation.Verdict is not null)
            return Of(conversation, message);
        if (conversation.IsBodyBegun)
        {
            return new DispatchResult.Unknown(isTimedOut
                ? "The mail server did not answer in time after the body was begun."
                : "The connection was lost after the body was begun.");
        }

        return conversation.Refusal is { } refusal && (refusal.IsPermanentRefusal || refusal.IsTransientRefusal)
            ? Refused(refusal, message)
            : NotSent(conversation.Phase, failure, isTimedOut) with { IsMessageKnown = IsOfMessage(conversation.Phase) };
    }

    private static DispatchResult Refused(SmtpReply reply, EmailMessage message)
    {
        if (!reply.IsPermanentRefusal)
            return new DispatchResult.Deferred(reply.Code, reply.EnhancedStatus, Words(reply, message), reply.RetryAfter) { IsMessageKnown = IsOfMessage(reply.Phase) };
        return SmtpConfigurationFault.CauseOf(reply) is { } cause
            ? new DispatchResult.NotSent(cause, SmtpConfigurationFault.Describe(cause, Codes(reply)), CanRetry: false)
            {
                Code = reply.Code, EnhancedStatus = reply.EnhancedStatus,
            }
            : new DispatchResult.Rejected(reply.Code, reply.EnhancedStatus, Words(reply, message));
    }

    /// <summary>Answers to authentication may repeat what was sent, so they are not repeated here.</summary>
    private static string Words(SmtpReply reply, EmailMessage message) => reply.Phase == SmtpPhase.Authenticate
        ? "The mail server cannot authenticate at present."
        : ReplyMask.Mask(reply.Words, message);

    private static string Codes(SmtpReply reply) => reply.EnhancedStatus is { } status ? $"{reply.Code} {status}" : $"{reply.Code}";

    private static bool IsOfMessage(SmtpPhase phase) => phase is >= SmtpPhase.Mail and <= SmtpPhase.EndOfBody;

    private static DispatchResult.NotSent NotSent(SmtpPhase phase, Exception failure, bool isTimedOut) => failure switch
    {
        SmtpTokenException => new(NotSentCause.AuthenticationFailed, failure.Message, CanRetry: false),
        _ when isTimedOut => new(NotSentCause.TimedOut, $"The mail server did not answer in time ({phase}).", CanRetry: true),
        SslHandshakeException { InnerException: IOException } =>
            new(NotSentCause.ConnectionLost, "The connection was lost while encryption was being set up.", CanRetry: true),
        SslHandshakeException => new(NotSentCause.TlsRefused, "Encryption failed, or the mail server's certificate is not trusted.", CanRetry: false),
        NotSupportedException when phase == SmtpPhase.Authenticate =>
            new(NotSentCause.AuthenticationFailed, "The mail server offers no authentication that the credentials can be used with.", CanRetry: false),
        NotSupportedException => new(NotSentCause.TlsRefused, "The mail server does not offer STARTTLS, without which nothing is sent.", CanRetry: false),
        AuthenticationException => new(NotSentCause.AuthenticationFailed, "The credentials could not be used with the mail server.", CanRetry: false),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.NoRecovery } when phase == SmtpPhase.Connect =>
            new(NotSentCause.CouldNotConnect, "The mail server was not found: its name leads to no address.", CanRetry: false),
        SocketException when phase == SmtpPhase.Connect => new(NotSentCause.CouldNotConnect, "The mail server could not be reached.", CanRetry: true),
        ProtocolException or CommandException =>
            new(NotSentCause.ConnectionLost, $"The mail server closed the connection or broke the protocol ({phase}).", CanRetry: true),
        _ => new(NotSentCause.ConnectionLost, $"The connection was lost ({phase}).", CanRetry: true),
    };
}
