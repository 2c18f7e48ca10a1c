using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Rescue.Sessions.Codes;

/// <summary>
/// The 128-bit secret that technician and applet share while a session is active, so that the host's remote control can attach without
/// another sign-in. Immutable. <see cref="ToString"/> masks it.
/// </summary>
public sealed class HandOverSecret
{
    private const int ByteLength = 16;

    private readonly byte[] bytes;

    private HandOverSecret(byte[] bytes) => this.bytes = bytes;

    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The text form: base64url without padding (RFC 4648, section 5), 22 characters. A secret.</summary>
    public string Text => Base64Url.EncodeToString(bytes);

    /// <summary>
    /// The secret of one guest while the session is active: HMAC-SHA-256 (RFC 2104) of <c>guest/</c> and the guest's id under this one, cut to 128 bits. Who has
    /// the session's secret knows that of every guest; no guest knows the session's or another guest's.
    /// </summary>
    /// <param name="guest">The guest's id.</param>
    public HandOverSecret ForGuest(string guest)
    {
        ArgumentException.ThrowIfNullOrEmpty(guest);
        return new(HMACSHA256.HashData(bytes, Encoding.UTF8.GetBytes($"guest/{guest}"))[..ByteLength]);
    }

    internal static HandOverSecret Generate() => new(RandomNumberGenerator.GetBytes(ByteLength));

    internal static HandOverSecret FromBytes(byte[] bytes) => new(bytes);

    /// <summary>Asterisks.</summary>
    public override string ToString() => "****";
}
