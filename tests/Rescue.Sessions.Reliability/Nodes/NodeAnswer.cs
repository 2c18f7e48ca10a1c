using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>What a node answered to one request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON, undefined where there is none.</param>
internal readonly record struct NodeAnswer(HttpStatusCode Status, JsonElement Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public bool IsServerError => (int)Status >= 500;

    /// <summary>A text in the body by the names that lead to it; null where it is not there.</summary>
    public string? Text(params ReadOnlySpan<string> path)
    {
        var at = Body;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return null;
        }

        return at.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : at.ToString();
    }

    /// <exception cref="InvalidOperationException">It is a refusal or a failure.</exception>
    public NodeAnswer Require() => IsSuccess ? this : throw new InvalidOperationException($"A node answered {(int)Status}: {Body}");
}
