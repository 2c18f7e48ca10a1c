using System.Text.Json.Serialization;

namespace Rescue.Sessions.Email.Settings;

/// <summary>How the settings of this package are written. What a later version adds is left alone by an earlier one.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmailTemplateDocument))]
[JsonSerializable(typeof(EmailDefaults))]
internal sealed partial class EmailSettingsJson : JsonSerializerContext;
