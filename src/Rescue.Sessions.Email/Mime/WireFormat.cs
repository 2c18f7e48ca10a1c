using MimeKit;

namespace Rescue.Sessions.Email.Mime;

/// <summary>How messages are written: with CRLF line ends, on every platform.</summary>
internal static class WireFormat
{
    private static readonly FormatOptions Ascii = Create(international: false);
    private static readonly FormatOptions Utf8 = Create(international: true);

    /// <summary>An international local part has no ASCII form, so its message has UTF-8 in the headers (RFC 6532).</summary>
    public static FormatOptions For(EmailMessage message) => RequiresSmtpUtf8(message) ? Utf8 : Ascii;

    public static bool RequiresSmtpUtf8(EmailMessage message) =>
        message.To is { RequiresSmtpUtf8: true } || message.From.RequiresSmtpUtf8 || message.ReplyTo is { RequiresSmtpUtf8: true };

    private static FormatOptions Create(bool international)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = international;
        return format;
    }
}
