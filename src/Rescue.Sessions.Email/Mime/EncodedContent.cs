using MimeKit;
using MimeKit.Encodings;

namespace Rescue.Sessions.Email.Mime;

/// <summary>
/// Octets encoded once: what reaches the wire is printable ASCII in lines of at most 76 characters (RFC 2045 section 6.7), whatever they are, so neither a
/// lone CR nor a line over 998 octets (RFC 5322 section 2.1.1) is possible.
/// </summary>
internal static class EncodedContent
{
    private const int MaximumLineLength = 76;

    /// <summary>The library's encoder goes two characters over what it is told when an escape ends the line.</summary>
    private const int QuotedPrintableLineLength = MaximumLineLength - 2;

    public static MimeContent Create(byte[] octets, ContentEncoding encoding)
    {
        IMimeEncoder encoder = encoding == ContentEncoding.Base64
            ? new Base64Encoder(MaximumLineLength)
            : new QuotedPrintableEncoder(QuotedPrintableLineLength);
        var encoded = new byte[encoder.EstimateOutputLength(octets.Length)];
        var length = encoder.Flush(octets, 0, octets.Length, encoded);
        return new(new MemoryStream(encoded, 0, length, writable: false), encoding);
    }
}
