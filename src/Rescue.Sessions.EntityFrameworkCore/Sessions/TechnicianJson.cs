using System.Text.Json.Serialization;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TechnicianDocument))]
internal sealed partial class TechnicianJson : JsonSerializerContext;
