using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>A gateway for texts on this machine, which keeps what it takes and refuses some numbers.</summary>
internal sealed class TextGateway : IAsyncDisposable
{
    private readonly LoopbackServer server;
    private readonly ConcurrentQueue<(string To, string Text)> texts = [];

    private TextGateway(string refused)
    {
        server = new(app => app.MapPost("/messages", async context =>
        {
            var message = (await JsonNode.ParseAsync(context.Request.Body))!;
            var to = (string)message["to"]!;
            context.Response.StatusCode = to == refused ? StatusCodes.Status400BadRequest : StatusCodes.Status202Accepted;
            if (to != refused)
                texts.Enqueue((to, (string)message["text"]!));
        }));
    }

    public string Address => server.Address.AbsoluteUri;

    public IReadOnlyCollection<(string To, string Text)> Texts => texts;

    /// <summary>Starts one that refuses this number.</summary>
    public static async Task<TextGateway> StartAsync(string refused)
    {
        var gateway = new TextGateway(refused);
        await gateway.server.StartAsync();
        return gateway;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
