using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Rescue.Sessions.Codes;

/// <summary>The layout of a sealed secret: key id (4 bytes), nonce (12), ciphertext, tag (16); the id of what it belongs to is authenticated with it.</summary>
internal static class SealedBox
{
    private const int KeyIdLength = 4;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public const int Overhead = KeyIdLength + NonceLength + TagLength;

    public static void Seal(uint keyId, byte[] key, ReadOnlySpan<byte> plain, Guid boundTo, Span<byte> box)
    {
        BinaryPrimitives.WriteUInt32BigEndian(box, keyId);
        var nonce = box.Slice(KeyIdLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, box[(KeyIdLength + NonceLength)..^TagLength], box[^TagLength..], boundTo.ToByteArray());
    }

    public static uint KeyIdOf(ReadOnlySpan<byte> box) =>
        box.Length >= Overhead ? BinaryPrimitives.ReadUInt32BigEndian(box) : throw new CryptographicException("A sealed value is cut short.");

    public static byte[] Open(byte[] key, ReadOnlySpan<byte> box, Guid boundTo)
    {
        var plain = new byte[box.Length - Overhead];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(
            box.Slice(KeyIdLength, NonceLength),
            box[(KeyIdLength + NonceLength)..^TagLength],
            box[^TagLength..],
            plain,
            boundTo.ToByteArray());
        return plain;
    }
}
