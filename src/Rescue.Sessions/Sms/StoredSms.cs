using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rescue.Sessions.Sms;

/// <summary>What the outbox seals and keeps of a short text: plain values, so that it can be read after the types around it have changed.</summary>
internal sealed partial record StoredSms(string Id, string To, string Text, string Language, string Tenant)
{
    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, Context.Default.StoredSms);

    /// <exception cref="JsonException">The bytes are not a stored text.</exception>
    public static StoredSms FromUtf8Bytes(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, Context.Default.StoredSms) ?? throw new JsonException("A stored text is an object, not null.");

    /// <summary>No number and no text, for it may come into a log.</summary>
    public override string ToString() => $"{nameof(StoredSms)} {Id}";

    [JsonSerializable(typeof(StoredSms))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
    private sealed partial class Context : JsonSerializerContext;
}
