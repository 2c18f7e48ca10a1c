using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rescue.Sessions.AspNetCore.Tests.OpenApi;

/// <summary>Holds JSON against a schema of the document, more strictly than JSON Schema does: no member may be there that is not declared.</summary>
/// <param name="document">The document.</param>
/// <param name="ignoresCase">Whether the words of enumerations count in any case, as in requests.</param>
internal sealed class WireSchema(JsonElement document, bool ignoresCase = false)
{
    public IEnumerable<string> Problems(JsonElement value, JsonElement schema, string at = "$")
    {
        // Nothing is promised of it.
        if (!schema.EnumerateObject().Any())
            return [];
        if (schema.TryGetProperty("$ref", out var reference))
            return Problems(value, Follow(reference.GetString()!), at);
        if (schema.TryGetProperty("oneOf", out var choices))
            return choices.EnumerateArray().Any(choice => !Problems(value, choice, at).Any()) ? [] : [$"{at}: {value} is none of {choices}"];
        if (!TypesOf(schema).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && TypesOf(schema).Contains("number")))
            return [$"{at}: {value} is not of type {schema.GetProperty("type")}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => Members(value, schema, at),
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Problems(item, schema.GetProperty("items"), $"{at}[{index}]")),
            JsonValueKind.String => Text(value.GetString()!, schema, at),
            _ => [],
        };
    }

    private JsonElement Follow(string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (element, name) => element.GetProperty(name));

    private IEnumerable<string> Members(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
                yield return $"{at}.{name} is missing";
        }

        var hasMembers = schema.TryGetProperty("properties", out var members);
        foreach (var member in value.EnumerateObject())
        {
            var here = $"{at}.{member.Name}";
            var problems = hasMembers && members.TryGetProperty(member.Name, out var declared) ? Problems(member.Value, declared, here)
                : schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object ? Problems(member.Value, others, here)
                : [$"{here} is not declared"];
            foreach (var problem in problems)
                yield return problem;
        }
    }

    private IEnumerable<string> Text(string value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("enum", out var words)
            && !words.EnumerateArray().Any(word => value.Equals(word.GetString(), ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)))
        {
            yield return $"{at}: '{value}' is none of {words}";
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value, pattern.GetString()!))
            yield return $"{at}: '{value}' is not like {pattern}";
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "date-time"
            && !DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            yield return $"{at}: '{value}' is no moment";
        }

        if (schema.TryGetProperty("maxLength", out var most) && value.Length > most.GetInt32())
            yield return $"{at}: '{value}' is too long";
        if (schema.TryGetProperty("minLength", out var least) && value.Length < least.GetInt32())
            yield return $"{at}: '{value}' is too short";
    }

    private static string[] TypesOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(name => name.GetString()!)]
        : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
