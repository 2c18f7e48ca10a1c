using System.Text.Json.Serialization;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Settings;

/// <summary>How the core's documents are written. What a later version adds is left alone by an earlier one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TimeoutSettings))]
[JsonSerializable(typeof(GroupSettings))]
[JsonSerializable(typeof(OrganizationSettings))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(string))]
internal sealed partial class SettingsJson : JsonSerializerContext;
