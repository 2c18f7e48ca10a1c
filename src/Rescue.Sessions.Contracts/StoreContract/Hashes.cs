using System.Security.Cryptography;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.StoreContract;

public static class Hashes
{
    /// <summary>A hash that no other session has.</summary>
    public static KeyedHash New() => KeyedHash.FromByteArray(RandomNumberGenerator.GetBytes(KeyedHash.ByteLength));
}
