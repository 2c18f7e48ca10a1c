using MailKit;
using MailKit.Net.Smtp;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>
/// Listens in on both sides of one connection and keeps what decides an outcome: which command waits for an answer, what was
/// refused first, and whether the body was begun. It keeps no text of ours. An answer to a command that was not sent ends the
/// connection, because from there on every answer would be taken for that of another command.
/// </summary>
internal sealed class SmtpConversation : IProtocolLogger
{
    private const int Challenge = 334;
    private const int StartBody = 354;
    private const int Closing = 421;

    private readonly Queue<SmtpPhase> awaiting = new([SmtpPhase.Greeting]);
    private readonly SmtpReplyReader reader = new();
    private readonly SmtpCommandReader commands = new();
    private SmtpPhase latest = SmtpPhase.Connect;
    private bool isChallenged;
    private bool isWritingBody;

    /// <summary>The first command that has not been answered; when all have been, the last one.</summary>
    public SmtpPhase Phase => latest != SmtpPhase.Connect && awaiting.TryPeek(out var phase) ? phase : latest;

    /// <summary>The first refusal since <see cref="BeginMessage"/>; later ones only follow from it.</summary>
    public SmtpReply? Refusal { get; private set; }

    /// <summary>The answer to the end of the body: what became of the message.</summary>
    public SmtpReply? Verdict { get; private set; }

    /// <summary>Whether the sender was accepted, after which nothing is tried again on our own account.</summary>
    public bool IsMailAccepted { get; private set; }

    /// <summary>Whether the server has asked for the body, after which only its answer makes the outcome certain.</summary>
    public bool IsBodyBegun { get; private set; }

    /// <summary>Whether the server has said 421: it closes the connection, whatever was asked (RFC 5321 section 3.8).</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Whether every command has been answered and another may follow.</summary>
    public bool IsSettled => awaiting.Count == 0 && !isWritingBody && !IsClosing;

    /// <summary>Called when a command or a complete answer has passed.</summary>
    public Action? Progressed { get; set; }

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public void BeginMessage()
    {
        Refusal = null;
        Verdict = null;
        IsMailAccepted = false;
        IsBodyBegun = false;
    }

    /// <summary>Says that what follows is authentication, even if no command is sent because the server offers nothing we can use.</summary>
    public void BeginAuthentication() => latest = SmtpPhase.Authenticate;

    /// <summary>Says that there is a connection, and that the server has the word.</summary>
    public void BeginGreeting() => latest = SmtpPhase.Greeting;

    /// <inheritdoc/>
    public void LogConnect(Uri uri)
    {
    }

    /// <inheritdoc/>
    public void LogClient(byte[] buffer, int offset, int count)
    {
        var octets = buffer.AsSpan(offset, count);
        if (isWritingBody)
        {
            if (commands.EndsBody(octets))
                EndBody();
        }
        else
        {
            ReadCommands(octets);
        }

        Progressed?.Invoke();
    }

    /// <inheritdoc/>
    public void LogServer(byte[] buffer, int offset, int count)
    {
        var isBodyAskedFor = false;
        foreach (var octet in buffer.AsSpan(offset, count))
        {
            if (!reader.TryComplete(octet, out var code, out var text))
                continue;
            isBodyAskedFor = Receive(code, text);
            Progressed?.Invoke();
        }

        // Only now: an answer in the same packet to what we have not sent yet ends the connection above, with the body not begun.
        if (isBodyAskedFor)
            isWritingBody = IsBodyBegun = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void ReadCommands(ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            if (commands.TryComplete(octet, out var phase))
                Send(phase);
        }
    }

    private void Send(SmtpPhase phase)
    {
        // What answers a challenge is no command, though its base64 may begin like one.
        if (isChallenged)
            phase = SmtpPhase.Authenticate;
        isChallenged = false;

        if (phase != SmtpPhase.Housekeeping)
            latest = phase;
        awaiting.Enqueue(phase);
    }

    private void EndBody()
    {
        isWritingBody = false;
        latest = SmtpPhase.EndOfBody;
        awaiting.Enqueue(SmtpPhase.EndOfBody);
    }

    /// <summary>Files the answer; true when it asks for the body.</summary>
    private bool Receive(int code, string text)
    {
        var isExpected = awaiting.TryDequeue(out var phase);
        var reply = new SmtpReply(isExpected ? phase : latest, code, text);
        isChallenged = code == Challenge;
        IsClosing |= code == Closing;
        if (!reply.IsPositive && code is not (Challenge or StartBody))
            Refusal ??= reply;
        if (!isExpected)
            throw new SmtpProtocolException("The server answered a command that was not sent.");

        // HELO may pass where EHLO was refused, and one mechanism where another was.
        if (reply.IsPositive && phase == Refusal?.Phase)
            Refusal = null;
        if (phase == SmtpPhase.EndOfBody)
            Verdict = reply;
        if (phase == SmtpPhase.Mail && reply.IsPositive)
            IsMailAccepted = true;
        return phase == SmtpPhase.Data && code == StartBody;
    }
}
