namespace Rescue.Sessions.Email.Smtp;

/// <summary>Recognises our own commands by their first letters and the end of a body, keeping nothing else of either.</summary>
internal sealed class SmtpCommandReader
{
    private const int VerbLength = 4;
    private static ReadOnlySpan<byte> Terminator => "\r\n.\r\n"u8;

    private readonly char[] verb = new char[VerbLength];
    private int length;
    private int matched;

    /// <summary>Takes one octet of a command; true when it ends the line.</summary>
    public bool TryComplete(byte octet, out SmtpPhase phase)
    {
        phase = SmtpPhase.Housekeeping;
        if (octet != '\n')
        {
            if (length < VerbLength) verb[length] = char.ToUpperInvariant((char)octet);
            length++;
            return false;
        }

        phase = Recognise(new string(verb, 0, Math.Min(length, VerbLength)));
        length = 0;

        // The line end before the first line of a body counts towards its terminator: an empty body is a lone dot.
        matched = 2;
        return true;
    }

    /// <summary>Takes one octet of a body; true when it completes the terminator (RFC 5321 section 4.1.1.4), which dots in the text never do.</summary>
    public bool EndsBody(byte octet)
    {
        if (octet == Terminator[matched]) matched++;
        else matched = octet == '\r' ? 1 : 0;
        if (matched < Terminator.Length) return false;
        matched = 0;
        return true;
    }

    private static SmtpPhase Recognise(string verb) => verb switch
    {
        "EHLO" or "HELO" => SmtpPhase.Ehlo,
        "STAR" => SmtpPhase.StartTls,
        "MAIL" => SmtpPhase.Mail,
        "RCPT" => SmtpPhase.Recipient,
        "DATA" => SmtpPhase.Data,
        "AUTH" => SmtpPhase.Authenticate,
        _ => SmtpPhase.Housekeeping,
    };
}
