using System.Text.Json.Serialization;

namespace Rescue.Sessions.Webhooks.Settings;

/// <summary>How the document is written. What a later version adds is left alone by an earlier one.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(WebhookSettings))]
internal sealed partial class WebhookJson : JsonSerializerContext;
