using System.Text.Json;
using System.Text.Json.Serialization;
using Rescue.Sessions.Applet.Events;
using Rescue.Sessions.Applet.Joining;
using Rescue.Sessions.Applet.Machines;

namespace Rescue.Sessions.Applet.Transport;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(JoinResponse))]
[JsonSerializable(typeof(ReadyRequest))]
[JsonSerializable(typeof(StatusData))]
internal sealed partial class AppletJson : JsonSerializerContext;
