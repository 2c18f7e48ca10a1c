using System.Text;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.OpenApi;

/// <summary>Writes the document as a reference for people: docs/http.md.</summary>
internal sealed class HttpReference
{
    private const string Introduction =
        """
        # HTTP reference

        Every route of `MapRescueSessions`, as the OpenAPI document describes it: with `AddOpenApi()` and `MapOpenApi()` the host serves that at `/openapi/v1.json`. The routes begin with
        the prefix that they are mapped with. JSON is camelCase, enumerations are words, moments are ISO 8601, ids are text. A member of a body that is not listed is refused, with the nearest name; an answer may
        get further members. Refusals are problem details, whose `code` stands in the tables below and in [problems.md](problems.md); a method that a path does not have is 405 with `methodNotAllowed`.

        """;

    private static readonly (string Heading, string Tag)[] Parts =
        [("For technicians", "Technician"), ("For administrators", "Settings"), ("For customers", "Customer"), ("For guests", "Guest"), ("For the applet", "Applet")];

    private readonly StringBuilder text = new(Introduction);

    public static string Of(ApiContract contract)
    {
        var reference = new HttpReference();
        foreach (var (heading, tag) in Parts)
        {
            reference.Line($"\n## {heading}");
            foreach (var operation in contract.Operations.Where(operation => Tag(operation) == tag && operation.Method != "HEAD").OrderBy(operation => operation.Path, StringComparer.Ordinal).ThenBy(operation => operation.Method, StringComparer.Ordinal))
                reference.Operation(operation, contract.Operations.Any(other => other.Method == "HEAD" && other.Path == operation.Path) && operation.Method == "GET");
        }

        reference.Line("\n## Shapes\n\nWhat is *optional* may be left out; what *may be null* is there all the same in answers.");
        foreach (var schema in contract.Document.GetProperty("components").GetProperty("schemas").EnumerateObject())
            reference.Schema(schema.Name, schema.Value);
        return reference.text.ToString();
    }

    private static string Tag(ApiOperation operation) => operation.Json.GetProperty("tags").EnumerateArray().Last().GetString()!;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Anchor(string name) => $"[{name}](#{name.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant()})";

    private void Line(string line) => text.Append(line).Append('\n');

    private void Operation(ApiOperation operation, bool hasHead)
    {
        Line($"\n### {operation.Method} {operation.Path}\n");
        Line($"`{operation.Id}`: {Text(operation.Json, "summary")}{(hasHead ? " Answers HEAD too." : "")}");
        if (Text(operation.Json, "description") is { } details)
            Line($"\n{details}");
        if (operation.Json.TryGetProperty("parameters", out var parameters) && parameters.GetArrayLength() > 0)
        {
            Line("\n| parameter | in | type | |\n|---|---|---|---|");
            foreach (var parameter in parameters.EnumerateArray())
                Line($"| `{Text(parameter, "name")}` | {Text(parameter, "in")} | {Type(parameter.GetProperty("schema"))} | {Text(parameter, "description")} |");
        }

        if (operation.Json.TryGetProperty("requestBody", out var body))
        {
            foreach (var content in body.GetProperty("content").EnumerateObject())
                Line($"\nBody: `{content.Name}`, {Type(content.Value.GetProperty("schema"))}{(body.TryGetProperty("required", out var required) && required.GetBoolean() ? "" : ", optional")}.");
        }

        Line("\n| status | content | |\n|---|---|---|");
        foreach (var answer in operation.Json.GetProperty("responses").EnumerateObject())
            Line($"| {answer.Name} | {Content(answer.Value)} | {Text(answer.Value, "description")}{Headers(answer.Value)} |");
    }

    private static string Content(JsonElement answer)
    {
        if (!answer.TryGetProperty("content", out var contents))
            return "";
        return string.Join(", ", contents.EnumerateObject().Select(content => content.Name switch
        {
            "application/json" => Type(content.Value.GetProperty("schema")),
            "application/problem+json" => "problem",
            "text/event-stream" => $"`{content.Name}` of {string.Join(", ", content.Value.GetProperty("x-events").EnumerateObject().Select(data => $"`{data.Name}` {Type(data.Value)}".TrimEnd()))}",
            var other => $"`{other}`",
        }));
    }

    private static string Headers(JsonElement answer) =>
        answer.TryGetProperty("headers", out var headers) ? $" Headers: {string.Join(", ", headers.EnumerateObject().Select(header => $"`{header.Name}`"))}." : "";

    private void Schema(string name, JsonElement schema)
    {
        Line($"\n### {name}\n");
        if (schema.TryGetProperty("enum", out var words))
        {
            Line($"One of {string.Join(", ", words.EnumerateArray().Select(word => $"`{word}`"))}.");
            return;
        }

        HashSet<string> required = [.. schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(member => member.GetString()!) : []];
        Line("| member | type | |\n|---|---|---|");
        foreach (var member in schema.GetProperty("properties").EnumerateObject())
        {
            string?[] notes = [required.Contains(member.Name) ? null : "optional", MayBeNull(member.Value) ? "may be null" : null];
            var note = string.Join(", ", notes.OfType<string>());
            Line($"| `{member.Name}` | {Type(member.Value)} | {(note.Length == 0 ? "" : $"*{note}*. ")}{Text(member.Value, "description")} |");
        }
    }

    private static bool MayBeNull(JsonElement schema) => schema.TryGetProperty("oneOf", out _)
        || (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Array);

    private static string Type(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Anchor(reference.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("oneOf", out var choices))
            return Type(choices.EnumerateArray().Single(choice => Text(choice, "type") != "null"));
        var type = schema.GetProperty("type").ValueKind == JsonValueKind.Array
            ? schema.GetProperty("type").EnumerateArray().Select(name => name.GetString()!).Single(name => name != "null")
            : Text(schema, "type")!;
        return type switch
        {
            "array" => $"list of {Type(schema.GetProperty("items"))}",
            "object" when schema.TryGetProperty("additionalProperties", out var any) && any.ValueKind == JsonValueKind.Object && !any.EnumerateObject().Any() => "any object",
            "object" when schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object => $"{Type(others)} by name",
            "object" => string.Join(", ", schema.GetProperty("properties").EnumerateObject().Select(member => $"field `{member.Name}`")),
            "string" when schema.TryGetProperty("enum", out var words) => string.Join(", ", words.EnumerateArray().Select(word => $"`{word}`")),
            "string" => Text(schema, "format") == "date-time" ? "moment" : schema.TryGetProperty("pattern", out _) ? "time span" : "text",
            "integer" => schema.TryGetProperty("maximum", out var most) ? $"{schema.GetProperty("minimum")} to {most}" : "number",
            "boolean" => "yes or no",
            _ => type,
        };
    }
}
