using System.Text.Json.Serialization;

namespace Rescue.Sessions.Settings;

/// <summary>How the documents of no concept's own are written. What a later version adds is left alone by an earlier one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(string))]
internal sealed partial class SettingsJson : JsonSerializerContext;
