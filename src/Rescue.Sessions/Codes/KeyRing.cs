using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Rescue.Sessions.Codes;

/// <summary>
/// Hashes and seals secrets under a ring of keys: the first key writes, all of them read. Thread-safe.
/// </summary>
/// <remarks>Each use has its own key, derived with HKDF (RFC 5869), so that a hash of one kind never equals a hash of another.</remarks>
internal sealed class KeyRing
{
    private const int MinKeyBytes = 32;

    private readonly ImmutableArray<Key> keys;

    private KeyRing(IEnumerable<byte[]> keys) => this.keys = [.. keys.Select(bytes => new Key(bytes))];

    public int Count => keys.Length;

    /// <summary>What names each key without telling anything about it, current first.</summary>
    public IEnumerable<uint> Ids => keys.Select(key => key.Id);

    public static KeyRing FromOptions(CodeOptions options) => new(options.Keys.Select(Decode));

    /// <summary>A ring that lives and dies with the process, as its sessions do.</summary>
    public static KeyRing Ephemeral() => new([RandomNumberGenerator.GetBytes(MinKeyBytes)]);

    /// <summary>What is wrong with a configured key, or null.</summary>
    public static string? Problem(string? key)
    {
        if (string.IsNullOrWhiteSpace(key))
            return "is empty: the setting that it is read from may be missing";
        Span<byte> buffer = stackalloc byte[1024];
        if (!Convert.TryFromBase64String(key, buffer, out var written))
            return "is not base64";
        return written < MinKeyBytes ? $"has {written} bytes; {MinKeyBytes} or more are needed" : null;
    }

    /// <summary>The hash under each key, current first: a secret that was hashed before a rotation is still found.</summary>
    public ImmutableArray<KeyedHash> Hash(PinCode pin) => Hash(k => k.Pin, Encoding.ASCII.GetBytes(pin.Digits));

    /// <inheritdoc cref="Hash(PinCode)"/>
    public ImmutableArray<KeyedHash> Hash(LinkToken token) => Hash(k => k.Token, token.Bytes);

    /// <inheritdoc cref="Hash(PinCode)"/>
    public ImmutableArray<KeyedHash> Hash(AppletKey key) => Hash(k => k.Applet, key.Bytes);

    /// <inheritdoc cref="Hash(PinCode)"/>
    public ImmutableArray<KeyedHash> Hash(GuestToken token) => Hash(k => k.Guest, token.Bytes);

    /// <inheritdoc cref="Hash(PinCode)"/>
    public ImmutableArray<KeyedHash> Hash(GuestKey key) => Hash(k => k.GuestKey, key.Bytes);

    /// <inheritdoc cref="Hash(PinCode)"/>
    public ImmutableArray<KeyedHash> HashInstance(string instance) => Hash(k => k.Instance, Encoding.UTF8.GetBytes(instance));

    /// <inheritdoc cref="Hash(PinCode)"/>
    public ImmutableArray<KeyedHash> HashRequest(ReadOnlySpan<byte> request) => Hash(k => k.Request, request);

    /// <summary>Encrypts with AES-GCM (NIST SP 800-38D) under the current key; <paramref name="boundTo"/> must be given again to open.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, SessionId boundTo) => Seal(plain, boundTo.Value);

    /// <inheritdoc cref="Seal(ReadOnlySpan{byte}, SessionId)"/>
    public byte[] Seal(ReadOnlySpan<byte> plain, Guid boundTo)
    {
        var sealedBytes = new byte[SealedBox.Overhead + plain.Length];
        SealedBox.Seal(keys[0].Id, keys[0].Seal, plain, boundTo, sealedBytes);
        return sealedBytes;
    }

    /// <summary>Whether it is the current key that sealed something.</summary>
    public bool IsCurrent(ReadOnlySpan<byte> sealedBytes) => SealedBox.KeyIdOf(sealedBytes) == keys[0].Id;

    /// <summary>Opens what <see cref="Seal(ReadOnlySpan{byte}, SessionId)"/> made under any key of the ring.</summary>
    /// <exception cref="CryptographicException">No key of the ring made it, it was changed, or it belongs to something else.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, SessionId boundTo) => Open(sealedBytes, boundTo.Value);

    /// <inheritdoc cref="Open(ReadOnlySpan{byte}, SessionId)"/>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, Guid boundTo)
    {
        var id = SealedBox.KeyIdOf(sealedBytes);
        foreach (var key in keys)
        {
            if (key.Id == id)
                return SealedBox.Open(key.Seal, sealedBytes, boundTo);
        }

        throw new CryptographicException(
            "The key that sealed this is not in the ring. Put the former key back behind the current one in Codes.Keys.");
    }

    private static byte[] Decode(string key) =>
        Problem(key) is { } problem
            ? throw new ArgumentException($"A key in Codes.Keys {problem}. Make one with: openssl rand -base64 32")
            : Convert.FromBase64String(key);

    private ImmutableArray<KeyedHash> Hash(Func<Key, KeyedHasher> use, ReadOnlySpan<byte> secret)
    {
        var hashes = new KeyedHash[keys.Length];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = use(keys[i]).Hash(secret);
        return ImmutableCollectionsMarshal.AsImmutableArray(hashes);
    }

    private sealed class Key(byte[] root)
    {
        public KeyedHasher Pin { get; } = new(Derive(root, "pin"));

        public KeyedHasher Token { get; } = new(Derive(root, "token"));

        public KeyedHasher Applet { get; } = new(Derive(root, "applet"));

        public KeyedHasher Guest { get; } = new(Derive(root, "guest"));

        public KeyedHasher GuestKey { get; } = new(Derive(root, "guestKey"));

        public KeyedHasher Instance { get; } = new(Derive(root, "instance"));

        public KeyedHasher Request { get; } = new(Derive(root, "request"));

        public byte[] Seal { get; } = Derive(root, "seal");

        public uint Id { get; } = BitConverter.ToUInt32(Derive(root, "id"));

        private static byte[] Derive(byte[] root, string use) =>
            HKDF.DeriveKey(HashAlgorithmName.SHA256, root, MinKeyBytes, info: Encoding.ASCII.GetBytes("Rescue.Sessions/" + use));
    }
}
