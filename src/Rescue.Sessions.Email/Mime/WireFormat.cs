using MimeKit;

namespace Rescue.Sessions.Email.Mime;

/// <summary>How messages are written: with CRLF line ends, on every platform.</summary>
internal static class WireFormat
{
    private static readonly FormatOptions Ascii = Create(international: false);
    private static readonly FormatOptions Utf8 = Create(international: true);

    /// <summary>An international local part has no ASCII form, so its message has UTF-8 in the headers (RFC 6532).</summary>
    public static FormatOptions For(EmailMessage message) => RequiresSmtpUtf8(message) ? Utf8 : Ascii;

    public static bool RequiresSmtpUtf8(EmailMessage message) => message.To is { RequiresSmtpUtf8: true } || message.From.RequiresSmtpUtf8;

    /// <summary>
    /// Where answers go, unless its address alone would need what the rest of the message does not: then they go to the sender, and the message arrives.
    /// </summary>
    public static EmailAddress? ReplyToOf(EmailMessage message) =>
        message.ReplyTo is { RequiresSmtpUtf8: true } && !RequiresSmtpUtf8(message) ? null : message.ReplyTo;

    private static FormatOptions Create(bool international)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = international;
        return format;
    }
}
