namespace Rescue.Sessions.Email.Smtp;

/// <summary>How far the conversation has got: the command that waits for its answer.</summary>
internal enum SmtpPhase
{
    Connect,
    Greeting,
    Ehlo,
    StartTls,
    Authenticate,
    Mail,
    Recipient,
    Data,
    EndOfBody,

    /// <summary>NOOP, RSET, QUIT: nothing depends on the answer.</summary>
    Housekeeping,
}
