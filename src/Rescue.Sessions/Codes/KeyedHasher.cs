using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Rescue.Sessions.Codes;

/// <summary>Hashes with one key. Setting a key up takes longer than hashing a secret, so what is set up is used again. Thread-safe.</summary>
internal sealed class KeyedHasher(byte[] key)
{
    private readonly ConcurrentBag<IncrementalHash> idle = [];

    public KeyedHash Hash(ReadOnlySpan<byte> secret)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!idle.TryTake(out var hash))
            hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(secret);
        hash.GetHashAndReset(mac);
        idle.Add(hash);
        return KeyedHash.FromBytes(mac[..KeyedHash.ByteLength]);
    }
}
