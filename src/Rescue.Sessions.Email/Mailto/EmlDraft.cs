using System.Text;
using MimeKit;
using Rescue.Sessions.Email.Mime;

namespace Rescue.Sessions.Email.Mailto;

/// <summary>
/// The message as a file that mail programs open for editing. It carries no Message-ID, which the program that sends it assigns, no
/// Auto-Submitted, because a person presses Send, and no Bcc.
/// </summary>
/// <remarks>
/// Where the technician's own account is not known it carries no From either. RFC 5322 section 3.6.2 asks one of a message that is sent: an unsent one is completed
/// by the program that sends it, whose account is its sender.
/// </remarks>
internal static class EmlDraft
{
    public static string Create(EmailMessage message)
    {
        using var mime = MimeMessageFactory.Create(message);
        mime.Headers.RemoveAll(HeaderId.MessageId);
        mime.Headers.RemoveAll(HeaderId.AutoSubmitted);
        if (message.IsOfUnknownAccount)
            mime.Headers.RemoveAll(HeaderId.From);
        mime.Headers.Insert(0, "X-Unsent", "1");

        using var buffer = new MemoryStream();
        mime.WriteTo(WireFormat.For(message), buffer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
