using System.Text.Json.Serialization;

namespace Rescue.Sessions.Email.Storage;

[JsonSerializable(typeof(StoredMessage))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class StoredMessageContext : JsonSerializerContext;
