using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

internal sealed class SessionIdJsonConverter : JsonConverter<SessionId>
{
    public override SessionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => SessionId.Parse(reader.GetString()!, null);

    public override void Write(Utf8JsonWriter writer, SessionId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
