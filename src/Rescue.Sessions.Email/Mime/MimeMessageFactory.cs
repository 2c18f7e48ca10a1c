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
        var mime = new MimeMessage(Enumerable.Empty<Header>())
        {
            Date = message.Date,
            MessageId = message.MessageId,
            Body = Body(message),
        };
        mime.From.Add(Mailbox(message.From));
        if (message.ReplyTo is { } replyTo) mime.ReplyTo.Add(Mailbox(replyTo));
        mime.To.Add(Mailbox(message.To));
        mime.Headers.Replace(HeaderId.Subject, Encoding.UTF8, message.Subject);

        // RFC 3834 section 5: a machine wrote this, so out-of-office replies and the like should stay away.
        mime.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        mime.Headers.Add(HeaderId.ContentLanguage, message.Language);
        return mime;
    }

    private static MailboxAddress Mailbox(EmailAddress address) => new(Encoding.UTF8, address.DisplayName, address.WireAddress);

    private static MimeEntity Body(EmailMessage message)
    {
        var text = TextBody.Create("plain", message.Text);
        if (message.Html is not { } html) return text;

        // From the least to the most faithful form (RFC 2046 section 5.1.4).
        return new MultipartAlternative(text, TextBody.Create("html", html)) { Boundary = BoundaryFor(message.MessageId) };
    }

    /// <summary>The <c>=_</c> cannot occur in quoted-printable or base64 output (RFC 2045 section 6.7), so no body can hold it.</summary>
    private static string BoundaryFor(string messageId) =>
        $"=_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 16))}";
}
