using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Webhooks;

/// <summary>What a receiver has got.</summary>
internal sealed record ReceivedMessage(string Id, string Timestamp, string Signature, string? ContentType, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Type => Json.Text("type");

    public JsonElement Data => Json.GetProperty("data");

    public DateTimeOffset At => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Timestamp, CultureInfo.InvariantCulture));

    /// <summary>Verifies as the Standard Webhooks specification says: the key is the base64 behind <c>whsec_</c>, and one of the signatures must be right.</summary>
    public bool IsSignedUnder(string secret)
    {
        secret.Should().StartWith("whsec_");
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        var expected = Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}")));
        return Signature.Split(' ').Contains($"v1,{expected}");
    }
}
