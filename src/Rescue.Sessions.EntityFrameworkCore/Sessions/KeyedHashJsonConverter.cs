using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

internal sealed class KeyedHashJsonConverter : JsonConverter<KeyedHash>
{
    public override KeyedHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(UInt128.Parse(reader.GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    public override void Write(Utf8JsonWriter writer, KeyedHash value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
