using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>A gateway for texts on this machine, which keeps what it takes and refuses some numbers.</summary>
internal sealed class TextGateway : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string To, string Text)> texts = [];

    private TextGateway(string refused)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/messages", async context =>
        {
            var message = (await JsonNode.ParseAsync(context.Request.Body))!;
            var to = (string)message["to"]!;
            context.Response.StatusCode = to == refused ? StatusCodes.Status400BadRequest : StatusCodes.Status202Accepted;
            if (to != refused)
                texts.Enqueue((to, (string)message["text"]!));
        });
    }

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/";

    public IReadOnlyCollection<(string To, string Text)> Texts => texts;

    /// <summary>Starts one that refuses this number.</summary>
    public static async Task<TextGateway> StartAsync(string refused)
    {
        var gateway = new TextGateway(refused);
        await gateway.app.StartAsync();
        return gateway;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
