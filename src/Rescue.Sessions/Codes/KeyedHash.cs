using System.Buffers.Binary;
using System.Globalization;

namespace Rescue.Sessions.Codes;

/// <summary>
/// What a store keeps instead of a secret: HMAC-SHA-256 (RFC 2104) under a key of the ring, cut to 128 bits. It finds a session by its
/// secret and does not give the secret away to whoever reads the store without the key.
/// </summary>
public readonly record struct KeyedHash(UInt128 Value)
{
    /// <summary>The length of <see cref="ToByteArray"/>.</summary>
    public const int ByteLength = 16;

    internal static KeyedHash FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>The 16 bytes, most significant first, for a database column.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[ByteLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    /// <summary>Reads what <see cref="ToByteArray"/> wrote.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 16 bytes long.</exception>
    public static KeyedHash FromByteArray(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return bytes.Length == ByteLength
            ? FromBytes(bytes)
            : throw new ArgumentException($"A keyed hash has {ByteLength} bytes.", nameof(bytes));
    }

    /// <summary>The hash in hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
