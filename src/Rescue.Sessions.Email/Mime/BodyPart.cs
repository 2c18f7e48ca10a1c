using System.Text;
using MimeKit;
using MimeKit.Encodings;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email.Mime;

/// <summary>
/// The parts of a body, each encoded once: what reaches the wire is printable ASCII in lines of at most 76 characters (RFC 2045 section 6.7), whatever it is, so
/// neither a lone CR nor a line over 998 octets (RFC 5322 section 2.1.1) is possible.
/// </summary>
internal static class BodyPart
{
    private const int MaximumLineLength = 76;

    /// <summary>The library's encoder goes two characters over what it is told when an escape ends the line.</summary>
    private const int QuotedPrintableLineLength = MaximumLineLength - 2;

    /// <summary>Text in UTF-8.</summary>
    public static MimePart Text(string subtype, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        var encoding = EncodingFor(octets);
        var part = new MimePart("text", subtype) { Content = Encode(octets, encoding), ContentTransferEncoding = encoding };
        part.ContentType.Charset = "utf-8";
        return part;
    }

    /// <summary>The organisation's logo, which the HTML beside it shows (RFC 2387, RFC 2392).</summary>
    public static MimePart Logo(OrganizationLogo logo)
    {
        var type = ContentType.Parse(logo.MediaType);
        // Some mail programs show what has no name as an attachment without one.
        var name = $"logo.{type.MediaSubtype}";
        type.Name = name;
        return new(type)
        {
            Content = Encode(logo.Bytes.ToArray(), ContentEncoding.Base64),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentId = logo.ContentId,
            ContentDisposition = new(ContentDisposition.Inline) { FileName = name },
        };
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

    private static MimeContent Encode(byte[] octets, ContentEncoding encoding)
    {
        IMimeEncoder encoder = encoding == ContentEncoding.Base64
            ? new Base64Encoder(MaximumLineLength)
            : new QuotedPrintableEncoder(QuotedPrintableLineLength);
        var encoded = new byte[encoder.EstimateOutputLength(octets.Length)];
        var length = encoder.Flush(octets, 0, octets.Length, encoded);
        return new(new MemoryStream(encoded, 0, length, writable: false), encoding);
    }
}
