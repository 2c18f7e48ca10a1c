namespace HelpDesk.Inbox.Smtp;

/// <summary>The conversation of one connection: what a command is answered with, and what it leads to. No I/O.</summary>
internal sealed class SmtpSession(CapturedMessages messages)
{
    private readonly List<string> _recipients = [];
    private bool _greeted;
    private string? _sender;

    /// <summary>Whether the message itself comes next, up to its closing dot.</summary>
    public bool ReceivesData { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>Answers one command line, given without its line break.</summary>
    public byte[] Answer(string line)
    {
        if (line.AsSpan().ContainsAny('\r', '\n'))
            return SmtpReply.BareLineBreak;
        var (verb, argument) = Split(line);
        return verb.ToUpperInvariant() switch
        {
            "EHLO" => Greet(argument, SmtpReply.ExtendedHello),
            "HELO" => Greet(argument, SmtpReply.Hello),
            "MAIL" => Mail(argument),
            "RCPT" => Recipient(argument),
            "DATA" => Data(argument),
            "RSET" => Reset(SmtpReply.Ok),
            "NOOP" => SmtpReply.Ok,
            "VRFY" => SmtpReply.CannotVerify,
            "HELP" => SmtpReply.Help,
            "QUIT" => Quit(),
            "EXPN" or "STARTTLS" or "AUTH" or "BDAT" => SmtpReply.NotImplemented,
            _ => SmtpReply.UnknownCommand,
        };
    }

    /// <summary>Takes the message in; null stands for one that was too big to keep.</summary>
    public byte[] Receive(ReadOnlyMemory<byte>? source)
    {
        ReceivesData = false;
        var reply = source is { } content ? SmtpReply.Accepted(messages.Add(_sender!, [.. _recipients], content).Id) : SmtpReply.MessageTooBig;
        return Reset(reply);
    }

    private static (string Verb, string Argument) Split(string line)
    {
        var space = line.IndexOf(' ');
        return space < 0 ? (line, "") : (line[..space], line[(space + 1)..].Trim(' '));
    }

    private byte[] Greet(string domain, byte[] reply)
    {
        if (domain.Length == 0)
            return SmtpReply.BadArgument;
        _greeted = true;
        return Reset(reply);
    }

    private byte[] Mail(string argument)
    {
        if (!_greeted || _sender is not null)
            return SmtpReply.BadSequence;
        if (SmtpPath.Parse(argument, "FROM:") is not { } path)
            return SmtpReply.BadArgument;
        if (!path.Parameters.All(IsKnown))
            return SmtpReply.UnknownParameter;
        if (path.Size > SmtpLimits.MaxMessageBytes)
            return SmtpReply.MessageTooBig;
        _sender = path.Address;
        return SmtpReply.SenderOk;
    }

    private byte[] Recipient(string argument)
    {
        if (_sender is null)
            return SmtpReply.BadSequence;
        if (SmtpPath.Parse(argument, "TO:") is not { Address.Length: > 0 } path)
            return SmtpReply.BadArgument;
        if (path.Parameters.Count > 0)
            return SmtpReply.UnknownParameter;
        if (_recipients.Count == SmtpLimits.MaxRecipients)
            return SmtpReply.TooManyRecipients;
        _recipients.Add(path.Address);
        return SmtpReply.RecipientOk;
    }

    private byte[] Data(string argument)
    {
        if (argument.Length > 0)
            return SmtpReply.BadArgument;
        if (_recipients.Count == 0)
            return SmtpReply.BadSequence;
        ReceivesData = true;
        return SmtpReply.StartData;
    }

    private byte[] Quit()
    {
        HasEnded = true;
        return SmtpReply.Bye;
    }

    private byte[] Reset(byte[] reply)
    {
        _sender = null;
        _recipients.Clear();
        return reply;
    }

    private static bool IsKnown(string parameter) =>
        parameter.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase)
        || parameter.Equals("SMTPUTF8", StringComparison.OrdinalIgnoreCase)
        || parameter.Equals("BODY=7BIT", StringComparison.OrdinalIgnoreCase)
        || parameter.Equals("BODY=8BITMIME", StringComparison.OrdinalIgnoreCase);
}
