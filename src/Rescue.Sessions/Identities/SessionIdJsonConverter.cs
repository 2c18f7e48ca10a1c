using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rescue.Sessions.Identities;

/// <summary>Writes a <see cref="SessionId"/> as the string of 32 hexadecimal digits that it is in links, also as the name of a member. Thread-safe.</summary>
public sealed class SessionIdJsonConverter : JsonConverter<SessionId>
{
    /// <inheritdoc/>
    public override SessionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && SessionId.TryParse(reader.GetString(), out var id) ? id : throw NoId();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SessionId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }

    /// <inheritdoc/>
    public override SessionId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SessionId.TryParse(reader.GetString(), out var id) ? id : throw NoId();

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, SessionId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.ToString());
    }

    private static JsonException NoId() => new("A session id is a string of 32 hexadecimal digits.");
}
