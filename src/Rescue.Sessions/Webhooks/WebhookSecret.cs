using System.Security.Cryptography;

namespace Rescue.Sessions.Webhooks;

/// <summary>What a receiver knows a message by: 32 random bytes, written as <c>whsec_</c> and base64. Masks itself in <see cref="ToString"/>.</summary>
internal sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Length = 32;

    private readonly byte[] bytes;

    private WebhookSecret(byte[] bytes) => this.bytes = bytes;

    /// <summary>The secret as receivers are given it.</summary>
    public string Text => Prefix + Convert.ToBase64String(bytes);

    public ReadOnlySpan<byte> Bytes => bytes;

    public static WebhookSecret Generate() => new(RandomNumberGenerator.GetBytes(Length));

    public static WebhookSecret FromBytes(byte[] bytes) => new(bytes);

    /// <summary>Hides the secret.</summary>
    public override string ToString() => Prefix + "…";
}
