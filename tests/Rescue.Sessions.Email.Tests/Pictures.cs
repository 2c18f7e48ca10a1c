using System.Buffers.Binary;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email;

/// <summary>Logos of a size, the same for the same seed.</summary>
internal static class Pictures
{
    public static OrganizationLogo Logo(int width = 400, int height = 100, int length = 2_000, int seed = 1)
    {
        var image = new byte[length];
        new Random(seed).NextBytes(image);
        ((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]).CopyTo(image);
        BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(20), height);
        return OrganizationLogo.Parse(image);
    }
}
