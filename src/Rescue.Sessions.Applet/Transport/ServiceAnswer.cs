using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.Applet.Transport;

/// <summary>
/// Knows the service by its answers: JSON with a member of the protocol, and for a refusal problem details (RFC 9457) with the service's own word for
/// it. Without that, an error page of some proxy could end a session.
/// </summary>
internal static class ServiceAnswer
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    // The service's word, in "code" and in the members that said it before.
    private static readonly string[] Words = ["code", "reason", "sessionStatus", "status"];

    /// <summary>Whether the head allows that the service has answered, so that the body is worth reading.</summary>
    public static bool IsPossible(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType == MediaTypeOf(response);

    /// <summary>Whether a whole answer is the service's.</summary>
    public static bool Is(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var answer = document.RootElement;
            return answer.ValueKind == JsonValueKind.Object
                && (response.IsSuccessStatusCode ? IsWord(answer, "status") || IsWord(answer, "sessionId") : IsProblem(response, answer));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string MediaTypeOf(HttpResponseMessage response) => response.IsSuccessStatusCode ? Json : ProblemJson;

    private static bool IsProblem(HttpResponseMessage response, JsonElement answer) =>
        IsWord(answer, "title") && (Words.Any(word => IsWord(answer, word)) || IsEarlierProblem(response, answer));

    // Services of the version before name no word where the status says it all.
    private static bool IsEarlierProblem(HttpResponseMessage response, JsonElement answer) => response.StatusCode switch
    {
        HttpStatusCode.BadRequest => answer.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object,
        HttpStatusCode.Unauthorized => response.Headers.WwwAuthenticate.Any(challenge => challenge.Scheme == "Bearer") && IsWord(answer, "detail"),
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => response.Headers.RetryAfter is not null && IsWord(answer, "detail"),
        _ => false
    };

    private static bool IsWord(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var member) && JsonText.Of(member) is { Length: > 0 };
}
