using System.Text.Json.Serialization;

namespace Rescue.Sessions.Lifecycle;

/// <summary>How a tenant's time-outs are written. What a later version adds is left alone by an earlier one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TimeoutSettings))]
internal sealed partial class TimeoutJson : JsonSerializerContext;
