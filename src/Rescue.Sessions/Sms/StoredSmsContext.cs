using System.Text.Json.Serialization;

namespace Rescue.Sessions.Sms;

[JsonSerializable(typeof(StoredSms))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class StoredSmsContext : JsonSerializerContext;
