using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rescue.Sessions.Applet.Joining;

/// <summary>How a join is written. Source-generated, because applets are trimmed.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(JoinResponse))]
internal sealed partial class JoinJson : JsonSerializerContext;
