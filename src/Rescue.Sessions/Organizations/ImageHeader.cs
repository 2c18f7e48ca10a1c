using System.Buffers.Binary;

namespace Rescue.Sessions.Organizations;

/// <summary>What the beginning of an image says of it, whatever its name or its sender says.</summary>
internal readonly record struct ImageHeader(string MediaType, int Width, int Height)
{
    /// <summary>Null for what is no PNG, JPEG, GIF or WebP image.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> image) => Png(image) ?? Gif(image) ?? WebP(image) ?? Jpeg(image);

    // PNG, sections 5.2 and 11.2.2: the header is the first chunk.
    private static ImageHeader? Png(ReadOnlySpan<byte> image) =>
        image.Length >= 24 && image.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) && image[12..16].SequenceEqual("IHDR"u8)
            ? new("image/png", BinaryPrimitives.ReadInt32BigEndian(image[16..]), BinaryPrimitives.ReadInt32BigEndian(image[20..]))
            : null;

    private static ImageHeader? Gif(ReadOnlySpan<byte> image) =>
        image.Length >= 10 && (image.StartsWith("GIF87a"u8) || image.StartsWith("GIF89a"u8))
            ? new("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(image[6..]), BinaryPrimitives.ReadUInt16LittleEndian(image[8..]))
            : null;

    // RFC 9649, section 2: one of three kinds of first chunk.
    private static ImageHeader? WebP(ReadOnlySpan<byte> image)
    {
        if (image.Length < 30 || !image.StartsWith("RIFF"u8) || !image[8..12].SequenceEqual("WEBP"u8))
            return null;
        var chunk = image[12..16];
        if (chunk.SequenceEqual("VP8X"u8))
            return new("image/webp", UInt24(image[24..]) + 1, UInt24(image[27..]) + 1);
        if (chunk.SequenceEqual("VP8L"u8) && image[20] == 0x2F)
        {
            var sides = BinaryPrimitives.ReadUInt32LittleEndian(image[21..]);
            return new("image/webp", (int)(sides & 0x3FFF) + 1, (int)((sides >> 14) & 0x3FFF) + 1);
        }

        return chunk.SequenceEqual("VP8 "u8) && image[23..26].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? new("image/webp", BinaryPrimitives.ReadUInt16LittleEndian(image[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(image[28..]) & 0x3FFF)
            : null;
    }

    // ITU T.81, annex B: segments with their lengths until the one that begins the frame.
    private static ImageHeader? Jpeg(ReadOnlySpan<byte> image)
    {
        if (!image.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return null;
        for (var at = 2; at + 9 <= image.Length && image[at] == 0xFF;)
        {
            var marker = image[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new(
                    "image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(image[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(image[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(image[(at + 2)..]);
        }

        return null;
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
