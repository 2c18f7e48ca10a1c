using Rescue.Sessions.Email.Mime;

namespace Rescue.Sessions.Email;

/// <summary>Messages as they go over the wire, for dispatchers that hand over more than text.</summary>
public static class EmailMime
{
    /// <summary>
    /// The message in the format of RFC 5322 with its parts in MIME, as <c>UseSmtp</c> sends it: every header, the text and the HTML, and the logo inline. The same message gives the
    /// same bytes. It is not signed (DKIM): whoever sends it in the sender's name does that. Thread-safe.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>
    /// The bytes, with CRLF as line ends: 7-bit, unless an address has characters beyond ASCII before its <c>@</c> (<see cref="EmailAddress.RequiresSmtpUtf8"/>), which make the headers
    /// UTF-8 (RFC 6532). Nothing is escaped for a protocol (no dots are doubled).
    /// </returns>
    /// <exception cref="ArgumentException">The message has no recipient, as a draft may.</exception>
    public static byte[] ToMime(this EmailMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.To is null)
            throw new ArgumentException("A message that is to be sent needs a recipient in To.", nameof(message));
        using var mime = MimeMessageFactory.Create(message);
        using var buffer = new MemoryStream();
        mime.WriteTo(WireFormat.For(message), buffer);
        return buffer.ToArray();
    }
}
