using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>Somebody's server on this machine, which takes what is posted to it and keeps the ids of the messages.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly LoopbackServer server;
    private readonly ConcurrentQueue<string> ids = [];

    private WebhookReceiver()
    {
        server = new(app => app.Run(context =>
        {
            ids.Enqueue(context.Request.Headers["webhook-id"].ToString());
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        }));
    }

    public string Url => new Uri(server.Address, "/hook").AbsoluteUri;

    public IReadOnlyCollection<string> Ids => ids;

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver.server.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
