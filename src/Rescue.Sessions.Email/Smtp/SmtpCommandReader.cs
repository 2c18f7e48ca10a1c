namespace Rescue.Sessions.Email.Smtp;

/// <summary>Recognises our own commands by their first letters and the end of a body, keeping nothing else of either.</summary>
internal sealed class SmtpCommandReader
{
    private const int VerbLength = 4;
    private static ReadOnlySpan<byte> Terminator => "\r\n.\r\n"u8;

    private readonly char[] verb = new char[VerbLength];
    private readonly byte[] ending = new byte[Terminator.Length];
    private int length;

    /// <summary>Takes one octet of a command; true when it ends the line.</summary>
    public bool TryComplete(byte octet, out SmtpPhase phase)
    {
        phase = SmtpPhase.Housekeeping;
        if (octet != '\n')
        {
            if (length < VerbLength)
                verb[length] = char.ToUpperInvariant((char)octet);
            length++;
            return false;
        }

        phase = Recognise(new string(verb, 0, Math.Min(length, VerbLength)));
        length = 0;

        // The line end before the first line of a body belongs to its terminator: an empty body is a lone dot.
        "\0\0\0\r\n"u8.CopyTo(ending);
        return true;
    }

    /// <summary>
    /// Takes a piece of a body; true when it ends with the terminator (RFC 5321 section 4.1.1.4), which dots in the text never
    /// spell and nothing follows. So only the last octets count.
    /// </summary>
    public bool EndsBody(ReadOnlySpan<byte> piece)
    {
        var tail = piece[Math.Max(0, piece.Length - Terminator.Length)..];
        var kept = ending.AsSpan(tail.Length);
        kept.CopyTo(ending);
        tail.CopyTo(ending.AsSpan(kept.Length));
        return ending.AsSpan().SequenceEqual(Terminator);
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
