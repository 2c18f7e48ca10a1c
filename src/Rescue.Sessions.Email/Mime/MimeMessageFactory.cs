using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace Rescue.Sessions.Email.Mime;

/// <summary>
/// The message as it goes over the wire (RFC 5322, RFC 2045). The same message gives the same bytes, so that a repeat after an
/// unknown outcome is recognised as the same message.
/// </summary>
internal static class MimeMessageFactory
{
    public static MimeMessage Create(EmailMessage message)
    {
        var mime = new MimeMessage(Headers(message)) { Date = message.Date, MessageId = message.MessageId };
        mime.Body = Body(message);

        // The library would add it as it writes, which is too late for a signature.
        mime.MimeVersion = new Version(1, 0);
        return mime;
    }

    private static IEnumerable<Header> Headers(EmailMessage message)
    {
        yield return MessageHeader.Mailbox(HeaderId.From, message.From);
        if (WireFormat.ReplyToOf(message) is { } replyTo)
            yield return MessageHeader.Mailbox(HeaderId.ReplyTo, replyTo);
        if (message.To is { } to)
            yield return MessageHeader.Mailbox(HeaderId.To, to);
        yield return MessageHeader.Text(HeaderId.Subject, message.Subject);

        // RFC 3834 section 5: a machine wrote this, so out-of-office replies and the like should stay away.
        yield return new Header(HeaderId.AutoSubmitted, "auto-generated");
        yield return new Header(HeaderId.ContentLanguage, message.Language);
    }

    private static MimeEntity Body(EmailMessage message)
    {
        var text = BodyPart.Text("plain", message.Text);
        if (message.Html is not { } html)
            return text;

        // From the least to the most faithful form (RFC 2046 section 5.1.4).
        return new MultipartAlternative(text, Shown(html, message)) { Boundary = BoundaryFor(message.MessageId) };
    }

    private static MimeEntity Shown(string html, EmailMessage message)
    {
        var text = BodyPart.Text("html", html);
        if (message.Logo is not { } logo)
            return text;

        // The HTML comes first, as the root (RFC 2387 section 3.2).
        var related = new MultipartRelated { text, BodyPart.Logo(logo) };
        related.ContentType.Parameters["type"] = "text/html";
        related.Boundary = BoundaryFor($"{message.MessageId}/logo");
        return related;
    }

    /// <summary>The <c>=_</c> cannot occur in quoted-printable or base64 output (RFC 2045 section 6.7), so no body can hold it.</summary>
    private static string BoundaryFor(string name) =>
        $"=_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16))}";
}
