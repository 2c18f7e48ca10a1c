using System.Text;
using MimeKit;

namespace Rescue.Sessions.Email.Mime;

/// <summary>One text part in UTF-8, always encoded.</summary>
internal static class TextBody
{
    public static MimePart Create(string subtype, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        var encoding = EncodingFor(octets);
        var part = new MimePart("text", subtype)
        {
            Content = EncodedContent.Create(octets, encoding),
            ContentTransferEncoding = encoding,
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
            if (octet > 0x7F)
                beyondAscii++;
        }

        return beyondAscii * 6 > octets.Length ? ContentEncoding.Base64 : ContentEncoding.QuotedPrintable;
    }
}
