using System.Text;
using MimeKit;

namespace Rescue.Sessions.Email.Mime;

/// <summary>
/// Headers whose bytes are ours. The library writes its own again when a message is sent with SMTPUTF8, from the decoded text and
/// without encoding it, and would then put a line break that hides in an encoded word on the wire.
/// </summary>
internal static class MessageHeader
{
    public static Header Text(HeaderId id, string text) => Raw(id, EncodedWords.IsPlain(text) ? text : EncodedWords.Encode(text));

    /// <summary>One mailbox (RFC 5322 section 3.4). An international local part has no other form than UTF-8 (RFC 6532).</summary>
    public static Header Mailbox(HeaderId id, EmailAddress address) => Raw(id, address.DisplayName is { } name
        ? $"{Phrase(name)}\r\n <{address.WireAddress}>"
        : address.WireAddress);

    private static string Phrase(string name) => EncodedWords.IsPlain(name)
        ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : EncodedWords.Encode(name);

    private static Header Raw(HeaderId id, string value)
    {
        var header = new Header(id, "");
        header.SetRawValue(Encoding.UTF8.GetBytes($" {value}\r\n"));
        return header;
    }
}
