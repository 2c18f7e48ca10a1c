using System.Security.Cryptography;
using System.Text;

namespace Rescue.Sessions.Webhooks.Transport;

/// <summary>The signature of a message by the Standard Webhooks rules.</summary>
internal static class WebhookSignature
{
    /// <summary>It under one of the receiver's secrets: <c>v1,</c> and base64.</summary>
    public static string Of(WebhookSecret secret, string id, long timestamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret.Bytes, Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{timestamp}.{body}"))));
}
