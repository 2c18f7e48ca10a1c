using System.Text;
using MimeKit;
using MimeKit.Encodings;

namespace Rescue.Sessions.Email.Mime;

/// <summary>
/// One text part in UTF-8, always encoded: what reaches the wire is printable ASCII in lines of at most 76 characters (RFC 2045
/// section 6.7), whatever the text holds, so neither a lone CR nor a line over 998 octets (RFC 5322 section 2.1.1) is possible.
/// </summary>
internal static class TextBody
{
    private const int MaximumLineLength = 76;

    /// <summary>The library's encoder goes two characters over what it is told when an escape ends the line.</summary>
    private const int QuotedPrintableLineLength = MaximumLineLength - 2;

    public static MimePart Create(string subtype, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        var encoding = EncodingFor(octets);
        var part = new MimePart("text", subtype)
        {
            Content = new MimeContent(Encode(octets, encoding), encoding),
            ContentTransferEncoding = encoding,
        };
        part.ContentType.Charset = "utf-8";
        return part;
    }

    private static MemoryStream Encode(byte[] octets, ContentEncoding encoding)
    {
        IMimeEncoder encoder = encoding == ContentEncoding.Base64
            ? new Base64Encoder(MaximumLineLength)
            : new QuotedPrintableEncoder(QuotedPrintableLineLength);
        var encoded = new byte[encoder.EstimateOutputLength(octets.Length)];
        var length = encoder.Flush(octets, 0, octets.Length, encoded);
        return new MemoryStream(encoded, 0, length, writable: false);
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
