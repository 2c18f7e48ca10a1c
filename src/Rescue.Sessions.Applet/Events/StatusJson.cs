using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rescue.Sessions.Applet.Events;

/// <summary>How a status that is reported is written. Source-generated, because applets are trimmed.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusData))]
internal sealed partial class StatusJson : JsonSerializerContext;
