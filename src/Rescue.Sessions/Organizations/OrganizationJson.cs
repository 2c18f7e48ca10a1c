using System.Text.Json.Serialization;

namespace Rescue.Sessions.Organizations;

/// <summary>How what is set for an organisation is written. What a later version adds is left alone by an earlier one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OrganizationSettings))]
internal sealed partial class OrganizationJson : JsonSerializerContext;
