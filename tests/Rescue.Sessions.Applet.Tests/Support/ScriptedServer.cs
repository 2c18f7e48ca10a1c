using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Rescue.Sessions.Applet.Tests.Support;

/// <summary>Answers requests in the order of a script, without a network, and keeps what was asked.</summary>
internal sealed class ScriptedServer : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    public ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    /// <summary>The language that the latest request has asked for.</summary>
    public string? Language { get; private set; }

    /// <summary>Answers as the service does: with JSON, or with the problem document of a refusal.</summary>
    public ScriptedServer Answer(HttpStatusCode status, string? json = null, Action<HttpResponseMessage>? adjust = null) => Answer(_ =>
    {
        var isGood = (int)status < 400;
        var text = json ?? (isGood ? """{"status":"waiting"}""" : $$"""{"title":"Refused.","status":{{(int)status}},"code":"refused"}""");
        var response = new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, isGood ? "application/json" : "application/problem+json") };
        adjust?.Invoke(response);
        return Task.FromResult(response);
    });

    /// <summary>Answers as something that stands between applet and service.</summary>
    public ScriptedServer AnswerForeign(HttpStatusCode status, string body = "<html>Welcome</html>", string type = "text/html") => Answer(_ =>
        Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) }));

    public ScriptedServer Fail() => Answer(_ => throw new HttpRequestException("Nobody listens there."));

    public ScriptedServer Hang() => Answer(async ct =>
    {
        await new TaskCompletionSource().Task.WaitAsync(ct);
        throw new InvalidOperationException("unreachable");
    });

    public ScriptedServer Answer(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Language = request.Headers.AcceptLanguage.SingleOrDefault()?.Value;
        Requests.Enqueue(new ScriptedRequest(
            $"{request.Method} {request.RequestUri}",
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken),
            request.Headers.Authorization?.ToString(),
            request.Headers.TryGetValues("Last-Event-ID", out var ids) ? ids.Single() : null));

        return _answers.TryDequeue(out var answer)
            ? await answer(cancellationToken)
            : throw new InvalidOperationException($"The script has no answer for {request.Method} {request.RequestUri}.");
    }
}
