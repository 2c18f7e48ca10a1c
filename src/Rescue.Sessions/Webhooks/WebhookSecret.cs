using System.Security.Cryptography;
using System.Text;

namespace Rescue.Sessions.Webhooks;

/// <summary>What a receiver knows a message by: 32 random bytes, written as <c>whsec_</c> and base64. Masks itself in <see cref="ToString"/>.</summary>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Length = 32;

    private readonly byte[] bytes;

    private WebhookSecret(byte[] bytes) => this.bytes = bytes;

    /// <summary>The secret as receivers are given it.</summary>
    public string Text => Prefix + Convert.ToBase64String(bytes);

    internal ReadOnlySpan<byte> Bytes => bytes;

    internal static WebhookSecret Generate() => new(RandomNumberGenerator.GetBytes(Length));

    internal static WebhookSecret FromBytes(byte[] bytes) => new(bytes);

    /// <summary>The signature of a message by the Standard Webhooks rules: <c>v1,</c> and base64.</summary>
    internal string Sign(string id, long timestamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(bytes, Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{timestamp}.{body}"))));

    /// <summary>Hides the secret.</summary>
    public override string ToString() => Prefix + "…";
}
