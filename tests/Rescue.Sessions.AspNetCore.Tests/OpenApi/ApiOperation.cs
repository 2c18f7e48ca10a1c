using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rescue.Sessions.AspNetCore.Tests.OpenApi;

/// <summary>One operation of the document.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, with its parts in braces.</param>
/// <param name="Json">What the document says of it.</param>
internal sealed record ApiOperation(string Method, string Path, JsonElement Json)
{
    private readonly Regex path = new("^" + Regex.Replace(Regex.Escape(Path).Replace("\\{", "{", StringComparison.Ordinal), @"\{\w+\}", "[^/]+") + "/?$", RegexOptions.IgnoreCase);

    public string Id => Json.GetProperty("operationId").GetString()!;

    /// <summary>Paths without variable parts are meant before those with.</summary>
    public int Parts => Path.Count(character => character == '{');

    public bool IsMeantBy(string method, string address) => method == Method && path.IsMatch(address);

    public JsonElement? Answer(int status) => Json.GetProperty("responses").TryGetProperty($"{status}", out var answer) ? answer : null;

    public static JsonElement? Content(JsonElement message, string? mediaType) =>
        mediaType is not null && message.TryGetProperty("content", out var content) && content.TryGetProperty(mediaType, out var media) ? media : null;
}
