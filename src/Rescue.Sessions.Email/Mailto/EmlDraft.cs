using System.Text;
using MimeKit;
using Rescue.Sessions.Email.Mime;

namespace Rescue.Sessions.Email.Mailto;

/// <summary>
/// The message as a file that mail programs open for editing. It carries no Message-ID, which the program that sends it assigns, no
/// Auto-Submitted, because a person presses Send, and no Bcc.
/// </summary>
internal static class EmlDraft
{
    private static readonly FormatOptions Format = CreateFormat(international: false);
    private static readonly FormatOptions InternationalFormat = CreateFormat(international: true);

    public static string Create(EmailMessage message)
    {
        using var mime = MimeMessageFactory.Create(message);
        mime.Headers.RemoveAll(HeaderId.MessageId);
        mime.Headers.RemoveAll(HeaderId.AutoSubmitted);
        mime.Headers.Insert(0, "X-Unsent", "1");

        using var buffer = new MemoryStream();

        // An international local part has no ASCII form: such a draft has UTF-8 headers (RFC 6532).
        var isInternational = message.To.RequiresSmtpUtf8 || message.From.RequiresSmtpUtf8 || message.ReplyTo is { RequiresSmtpUtf8: true };
        mime.WriteTo(isInternational ? InternationalFormat : Format, buffer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static FormatOptions CreateFormat(bool international)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = international;
        return format;
    }
}
