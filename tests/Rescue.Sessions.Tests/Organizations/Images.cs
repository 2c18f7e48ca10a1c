using System.Buffers.Binary;
using System.Text;

namespace Rescue.Sessions.Tests.Organizations;

/// <summary>The beginnings of images, as their formats have them.</summary>
internal static class Images
{
    public static byte[] Png(int width, int height, int length = 40)
    {
        var image = new byte[length];
        ((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]).CopyTo(image);
        BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(20), height);
        return image;
    }

    public static byte[] Gif(byte width, byte height) => [.. "GIF89a"u8, width, 0, height, 0, 0, 0, 0];

    public static byte[] Jpeg(byte width, byte height) =>
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xFF, 0xC2, 0, 11, 8, 0, height, 0, width, 1, 0, 0, 0];

    public static byte[] WebP(string kind, params byte[] content) =>
        [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. Encoding.ASCII.GetBytes(kind), 0, 0, 0, 0, .. content, .. new byte[16]];
}
