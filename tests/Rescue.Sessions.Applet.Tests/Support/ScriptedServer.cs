using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Rescue.Sessions.Applet.Tests.Support;

/// <summary>Answers requests in the order of a script, without a network, and keeps what was asked.</summary>
sealed class ScriptedServer : HttpMessageHandler
{
    readonly ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    public ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    public ScriptedServer Answer(HttpStatusCode status, string? json = null, Action<HttpResponseMessage>? adjust = null) => Answer(_ =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(json ?? "", Encoding.UTF8, "application/json") };
        adjust?.Invoke(response);
        return Task.FromResult(response);
    });

    public ScriptedServer Fail() => Answer(_ => throw new HttpRequestException("Nobody listens there."));

    public ScriptedServer Hang() => Answer(async ct =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        throw new InvalidOperationException("unreachable");
    });

    public ScriptedServer Answer(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
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
