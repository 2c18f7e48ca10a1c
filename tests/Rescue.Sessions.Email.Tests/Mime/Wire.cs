using System.Text;

namespace Rescue.Sessions.Email.Mime;

/// <summary>The message as bytes, and what RFC 5322 demands of them, checked without the library that wrote them.</summary>
internal static class Wire
{
    public static byte[] Of(EmailMessage message)
    {
        using var mime = MimeMessageFactory.Create(message);
        using var buffer = new MemoryStream();
        mime.WriteTo(WireFormat.For(message), buffer);
        return buffer.ToArray();
    }

    /// <summary>The message as a mail program reads it.</summary>
    public static MimeKit.MimeMessage Read(byte[] wire)
    {
        using var stream = new MemoryStream(wire);
        return MimeKit.MimeMessage.Load(stream, CancellationToken.None);
    }

    /// <summary>Every CR before an LF and every LF after a CR, no other control character but tab, no line over 998 octets, ASCII.</summary>
    public static void Check(ReadOnlySpan<byte> wire, bool allowUtf8Headers = false)
    {
        var lineStart = 0;
        var inHeaders = true;
        for (var i = 0; i < wire.Length; i++)
        {
            var octet = wire[i];
            if (octet == '\n')
            {
                if (i == 0 || wire[i - 1] != '\r')
                    throw new InvalidDataException($"Lone LF at {i}.");
                var length = i - 1 - lineStart;
                if (length > 998)
                    throw new InvalidDataException($"Line of {length} octets at {lineStart}.");
                if (length == 0)
                    inHeaders = false;
                lineStart = i + 1;
            }
            else if (octet == '\r')
            {
                if (i + 1 == wire.Length || wire[i + 1] != '\n')
                    throw new InvalidDataException($"Lone CR at {i}.");
            }
            else if ((octet < ' ' && octet != '\t') || octet == 0x7F)
            {
                throw new InvalidDataException($"Control character {octet} at {i}.");
            }
            else if (octet > 0x7F && !(allowUtf8Headers && inHeaders))
            {
                throw new InvalidDataException($"Octet {octet} at {i}.");
            }
        }
    }

    /// <summary>The header fields, unfolded, in order.</summary>
    public static List<(string Name, string Value)> Headers(byte[] wire)
    {
        var text = Encoding.UTF8.GetString(wire);
        var head = text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)]
            .Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal);
        return [.. head.Split("\r\n").Select(line => line.Split(": ", 2)).Select(parts => (parts[0], parts[1]))];
    }
}
