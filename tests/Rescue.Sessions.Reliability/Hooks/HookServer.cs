using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.Reliability.Hooks;

/// <summary>The receivers of a run on one port, each by a path of its own. They outlive every node.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private const int SlowMilliseconds = 60;

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<HookReceiver, HookLog> logs = new();
    private readonly ConcurrentDictionary<HookReceiver, string> secrets = new();
    private readonly Random random;

    private HookServer(int seed)
    {
        random = new(seed);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/{receiver}", ReceiveAsync);
    }

    public static async Task<HookServer> StartAsync(int seed)
    {
        var server = new HookServer(seed);
        await server.app.StartAsync();
        return server;
    }

    public HookLog this[HookReceiver receiver] => logs.GetOrAdd(receiver, _ => new());

    public Uri AddressOf(HookReceiver receiver) => new($"{app.Urls.First()}/{receiver}");

    /// <summary>Says under which secret a receiver's messages are signed.</summary>
    public void Trust(HookReceiver receiver, string secret) => secrets[receiver] = secret;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context, HookReceiver receiver)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (receiver == HookReceiver.Slow)
            await Task.Delay(Draw(SlowMilliseconds), context.RequestAborted);
        if (receiver == HookReceiver.Failing && await FailsAsync(context))
            return;
        Take(context.Request.Headers, receiver, body);
    }

    private async Task<bool> FailsAsync(HttpContext context)
    {
        switch (Draw(10))
        {
            case 0:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return true;
            case 1:
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return true;
            case 2:
                context.Abort();
                return true;
            // Longer than anybody waits, and seldom, for each takes a place for as long.
            case 3 when Draw(40) == 0:
                await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return true;
            default:
                return false;
        }
    }

    private void Take(IHeaderDictionary headers, HookReceiver receiver, string body)
    {
        var data = JsonDocument.Parse(body).RootElement.GetProperty("data");
        this[receiver].Take(
            data.GetProperty("sequence").GetInt64(), data.GetProperty("sessionId").GetString()!, $"{headers["webhook-id"]}", body, IsSigned(headers, receiver, body));
    }

    private bool IsSigned(IHeaderDictionary headers, HookReceiver receiver, string body)
    {
        if (receiver == HookReceiver.Handler)
            return true;
        var key = Convert.FromBase64String(secrets[receiver]["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}"));
        return $"{headers["webhook-signature"]}".Split(' ').Contains("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
    }

    private int Draw(int most)
    {
        lock (random)
            return random.Next(most);
    }
}
