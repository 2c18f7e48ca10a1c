using System.Text;
using MailKit.Net.Smtp;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>Cuts what the server says into answers, and refuses what is not one or does not end.</summary>
internal sealed class SmtpReplyReader
{
    private const int MaximumReplyOctets = 65_536;

    private readonly StringBuilder text = new();
    private readonly List<byte> line = [];
    private int code;
    private int octets;

    /// <summary>Takes one octet; true when it completes an answer.</summary>
    /// <exception cref="SmtpProtocolException">The server does not speak SMTP.</exception>
    public bool TryComplete(byte octet, out int replyCode, out string replyText)
    {
        (replyCode, replyText) = (0, "");
        if (++octets > MaximumReplyOctets)
            throw new SmtpProtocolException("The server's answer does not end.");
        if (octet != '\n')
        {
            line.Add(octet);
            return false;
        }

        if (!EndLine())
            return false;
        (replyCode, replyText) = (code, text.ToString());
        (code, octets) = (0, 0);
        text.Clear();
        return true;
    }

    /// <summary>True when the line is the last of its answer.</summary>
    private bool EndLine()
    {
        var current = Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
        line.Clear();
        if (current.Length < 3 || !int.TryParse(current.AsSpan(0, 3), System.Globalization.NumberStyles.None, null, out var value)
            || value is < 200 or > 599 || (code != 0 && value != code) || (current.Length > 3 && current[3] is not (' ' or '-')))
        {
            throw new SmtpProtocolException("The server's answer is not one of SMTP.");
        }

        code = value;
        if (current.Length > 4)
        {
            if (text.Length > 0)
                text.Append(' ');
            text.Append(current.AsSpan(4));
        }

        return current.Length == 3 || current[3] == ' ';
    }
}
