using System.Text.Json;
using System.Text.Json.Serialization;
using Rescue.Sessions.Applet.Machines;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Sessions;

/// <summary>How what an applet tells is written. Source-generated, because applets are trimmed.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(ReadyRequest))]
internal sealed partial class VerbJson : JsonSerializerContext;
