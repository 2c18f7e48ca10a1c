using System.Text;
using MimeKit;

namespace Rescue.Sessions.Email.Mime;

/// <summary>
/// One text part in UTF-8, always encoded: what reaches the wire is printable ASCII in lines of at most 76 characters, whatever the
/// text holds, so neither a lone CR nor a line over 998 octets (RFC 5322 section 2.1.1) is possible.
/// </summary>
internal static class TextBody
{
    public static MimePart Create(string subtype, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        var part = new MimePart("text", subtype)
        {
            Content = new MimeContent(new MemoryStream(octets, writable: false)),
            ContentTransferEncoding = EncodingFor(octets),
        };
        part.ContentType.Charset = "utf-8";
        return part;
    }

    /// <summary>Quoted-printable spends three octets on one that is not ASCII, base64 four on any three.</summary>
    private static ContentEncoding EncodingFor(ReadOnlySpan<byte> octets)
    {
        var beyondAscii = 0;
        foreach (var octet in octets)
        {
            if (octet > 0x7F) beyondAscii++;
        }

        return beyondAscii * 6 > octets.Length ? ContentEncoding.Base64 : ContentEncoding.QuotedPrintable;
    }
}
