using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HelpDesk.Health;

/// <summary>A health report as JSON: the whole's status, and each check with what is wrong and what to do. Exceptions are for the log.</summary>
internal static class HealthReportJson
{
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", WordOf(report.Status));
        json.WriteStartArray("checks");
        foreach (var (name, check) in report.Entries)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("status", WordOf(check.Status));
            json.WriteString("description", check.Description);
            foreach (var (key, value) in check.Data)
            {
                json.WritePropertyName(key);
                JsonSerializer.Serialize(json, value, value.GetType());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string WordOf(HealthStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
