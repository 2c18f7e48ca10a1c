using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.Applet.Transport;

/// <summary>An answer, or why there is none.</summary>
/// <param name="Status">The answer's status; null where there is no answer.</param>
/// <param name="Author">Whether the service itself has answered.</param>
/// <param name="BodyBytes">The body, where the service has answered.</param>
/// <param name="RetryAfter">After how long to ask again, where it is said.</param>
/// <param name="Failure">Why there is no answer.</param>
internal sealed record Reply(HttpStatusCode? Status, ReplyAuthor Author, ReadOnlyMemory<byte> BodyBytes, TimeSpan? RetryAfter, Exception? Failure)
{
    public ReadOnlySpan<byte> Body => BodyBytes.Span;

    public static Reply Failed(Exception failure)
    {
        // What a proxy says on the way to a server with https comes as a failure.
        var status = (failure as HttpRequestException)?.StatusCode;
        return new(status, status is null || IsOutage(status) ? ReplyAuthor.Nobody : ReplyAuthor.SomebodyElse, default, null, failure);
    }

    public static Reply Foreign(HttpStatusCode status, TimeSpan? retryAfter) =>
        new(status, IsOutage(status) ? ReplyAuthor.Nobody : ReplyAuthor.SomebodyElse, default, retryAfter, null);

    /// <summary>Whether the same request may fare better later.</summary>
    public bool IsTransient => Author != ReplyAuthor.Service || IsOutage(Status);

    /// <summary>What the service makes of a message; null where the protocol has no such answer.</summary>
    public AppletAnswer? ToAnswer() => (Author, Status) switch
    {
        (ReplyAuthor.Nobody, _) => AppletAnswer.Unreachable,
        (ReplyAuthor.SomebodyElse, _) => AppletAnswer.Intercepted,
        (_, HttpStatusCode.Unauthorized) => AppletAnswer.KeyReplaced,
        // The service's other word for it is for pages of somebody else's, which no program is.
        (_, HttpStatusCode.Forbidden) when Word("code") == "mobileNotCovered" => AppletAnswer.MobileNotCovered,
        (_, HttpStatusCode.Gone or HttpStatusCode.NotFound) => AppletAnswer.SessionOver,
        (_, HttpStatusCode.Conflict) => AppletAnswer.NotPermitted,
        (_, HttpStatusCode.TooManyRequests) => AppletAnswer.Unreachable,
        (_, >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices) => AppletAnswer.Accepted,
        _ when IsOutage(Status) => AppletAnswer.Unreachable,
        _ => null
    };

    /// <summary>A word of an answer of the service, which is known by its JSON; null where it does not say it.</summary>
    public string? Word(string name)
    {
        using var answer = JsonDocument.Parse(BodyBytes);
        return answer.RootElement.TryGetProperty(name, out var member) && JsonText.Of(member) is { Length: > 0 } word ? word : null;
    }

    // The body of a join holds the key.
    public override string ToString() => $"Reply {(int?)Status}";

    // Load balancers answer so for a service that is away, in words of their own. A network that wants a sign-in has a number among them (RFC 6585, section 6).
    private static bool IsOutage(HttpStatusCode? status) =>
        status is HttpStatusCode.RequestTimeout or (>= HttpStatusCode.InternalServerError and not HttpStatusCode.NetworkAuthenticationRequired);
}
