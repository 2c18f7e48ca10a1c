using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.Applet.Tests.Support;

/// <summary>The server's side of the applet protocol on a loopback port, for one session whose events a test dictates.</summary>
internal sealed class FakeHelpDesk : IAsyncDisposable
{
    private const string Heartbeat = "heartbeat";

    /// <summary>Real time after which a message that never comes fails the test.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly WebApplication _web;
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _verbs = Channel.CreateUnbounded<string>();

    private CancellationTokenSource _newerStream = new();

    private FakeHelpDesk(WebApplication web) => _web = web;

    public string Server => _web.Urls.Single();

    public string Link => $"{Server}/Customer/Code.aspx?i=2&Code={Known.Pin}&k={Known.Token}";

    /// <summary>What a join is answered with.</summary>
    public int JoinStatus { get; set; } = StatusCodes.Status200OK;

    public ConcurrentQueue<string> Joins { get; } = new();

    public static async Task<FakeHelpDesk> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var desk = new FakeHelpDesk(builder.Build());
        desk._web.MapPost("/applet/join", desk.JoinAsync);
        desk._web.MapPost("/applet/s1/{verb}", desk.TakeAsync);
        desk._web.MapGet("/applet/s1/events", desk.StreamAsync);
        await desk._web.StartAsync(TestContext.Current.CancellationToken);
        return desk;
    }

    /// <summary>Sends an event to the applet.</summary>
    public void Tell(string json, string kind = "status") => _events.Writer.TryWrite($"event: {kind}\ndata: {json}\n\n");

    /// <summary>Waits until the applet has sent a message, and gives its body. It beats by the machine's clock, whatever else it says.</summary>
    public async Task<string> ExpectAsync(string verb)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            string line;
            do
                line = await _verbs.Reader.ReadAsync(patience.Token);
            while (verb != Heartbeat && line.StartsWith(Heartbeat + " ", StringComparison.Ordinal));
            line.Should().StartWith(verb + " ");
            return line[(verb.Length + 1)..];
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No '{verb}' came within {Patience}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        await _web.DisposeAsync();
        _newerStream.Dispose();
    }

    private async Task JoinAsync(HttpContext context)
    {
        Joins.Enqueue(await BodyAsync(context));
        await AnswerAsync(context, JoinStatus, Known.JoinAnswer);
    }

    private async Task TakeAsync(HttpContext context, string verb)
    {
        var status = Authorize(context);
        if (status == StatusCodes.Status200OK)
            _verbs.Writer.TryWrite($"{verb} {await BodyAsync(context)}");
        await AnswerAsync(context, status, """{"status":"waiting"}""");
    }

    private async Task StreamAsync(HttpContext context)
    {
        // One whose client has gone may not know it yet, and would take what is told to the client that came after.
        var newerStream = new CancellationTokenSource();
        await Interlocked.Exchange(ref _newerStream, newerStream).CancelAsync();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, newerStream.Token);
        context.Response.StatusCode = Authorize(context);
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var frame in _events.Reader.ReadAllAsync(over.Token))
        {
            await context.Response.WriteAsync(frame, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    // As the service does: JSON, or the problem document of a refusal.
    private static async Task AnswerAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = status == StatusCodes.Status200OK ? "application/json" : "application/problem+json";
        await context.Response.WriteAsync(status == StatusCodes.Status200OK ? json : $$"""{"title":"Refused.","status":{{status}},"code":"refused"}""");
    }

    private static int Authorize(HttpContext context) =>
        context.Request.Headers.Authorization == $"Bearer {Known.Key}" ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;

    private static async Task<string> BodyAsync(HttpContext context) =>
        (await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted)).GetRawText();
}
