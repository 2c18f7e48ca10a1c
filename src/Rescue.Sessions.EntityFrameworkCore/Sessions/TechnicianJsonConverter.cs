using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

internal sealed class TechnicianJsonConverter : JsonConverter<Technician>
{
    public override Technician Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var document = JsonSerializer.Deserialize(ref reader, TechnicianJson.Default.TechnicianDocument)!;
        return new(document.Id, document.Name) { Email = document.Email, Groups = document.Groups, Tenant = document.Tenant };
    }

    public override void Write(Utf8JsonWriter writer, Technician value, JsonSerializerOptions options) => JsonSerializer.Serialize(
        writer, new TechnicianDocument(value.Id, value.Name, value.Email, value.Groups, value.Tenant), TechnicianJson.Default.TechnicianDocument);
}
