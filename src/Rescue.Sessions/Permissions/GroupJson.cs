using System.Text.Json.Serialization;

namespace Rescue.Sessions.Permissions;

/// <summary>How a tenant's technician groups are written. What a later version adds is left alone by an earlier one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(GroupSettings))]
internal sealed partial class GroupJson : JsonSerializerContext;
