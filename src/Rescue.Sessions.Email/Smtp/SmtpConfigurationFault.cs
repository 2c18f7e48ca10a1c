namespace Rescue.Sessions.Email.Smtp;

/// <summary>
/// Tells refusals for good that are not about the message from those that are. What every message would meet must not cost the first ones; what one
/// message meets must not hold the others up, so that only codes which say it plainly count.
/// </summary>
internal static class SmtpConfigurationFault
{
    /// <summary>What has to be corrected; null for a refusal of the message, its recipient or its content.</summary>
    public static NotSentCause? CauseOf(SmtpReply reply) => reply switch
    {
        // RFC 3207 and RFC 4954: nothing of a message has been said.
        { Phase: SmtpPhase.StartTls } => NotSentCause.TlsRefused,
        { Phase: SmtpPhase.Authenticate } => NotSentCause.AuthenticationFailed,
        { Phase: SmtpPhase.Greeting or SmtpPhase.Ehlo } => NotSentCause.ServiceRefused,

        // RFC 3463 on the sender's address, and Exchange on sending as somebody else, which it says at the end of the body.
        { EnhancedStatus: "5.1.7" or "5.1.8" or "5.2.252" or "5.7.60" } => NotSentCause.SenderRefused,

        // Whoever has taken the whole body means the message, whatever the code: Yahoo refuses content with 554 5.7.9.
        { Phase: SmtpPhase.EndOfBody } => null,

        // RFC 4954 section 6, RFC 5248, and what Exchange says where it wants a sign-in first.
        { EnhancedStatus: "5.7.10" } => NotSentCause.TlsRefused,
        { Code: 530 or 534 or 535 or 538 } => NotSentCause.AuthenticationFailed,
        { EnhancedStatus: "5.7.8" or "5.7.9" or "5.7.11" or "5.7.14" or "5.7.57" or "5.7.139" } => NotSentCause.AuthenticationFailed,
        _ => null,
    };

    /// <summary>The fault as a sentence. The server's own words are left out: those about credentials may repeat them.</summary>
    public static string Describe(NotSentCause cause, string codes) => cause switch
    {
        NotSentCause.TlsRefused => $"The mail server refused STARTTLS, or wants encryption first ({codes}).",
        NotSentCause.AuthenticationFailed => $"The mail server refused the credentials, or wants some ({codes}).",
        NotSentCause.SenderRefused => $"The mail server does not let the service send from its sender address ({codes}).",
        _ => $"The mail server does not serve this host ({codes}).",
    };
}
