using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.AspNetCore.Tests.Webhooks;

/// <summary>Somebody's server on loopback that is posted to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<ReceivedMessage> arrived = Channel.CreateUnbounded<ReceivedMessage>();
    private readonly ConcurrentQueue<ReceivedMessage> messages = [];

    private Receiver(Func<ReceivedMessage, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            var message = new ReceivedMessage(
                $"{headers["webhook-id"]}", $"{headers["webhook-timestamp"]}", $"{headers["webhook-signature"]}", context.Request.ContentType, await reader.ReadToEndAsync());
            messages.Enqueue(message);
            await arrived.Writer.WriteAsync(message);
            await answer(message, context);
        });
    }

    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook?tenant=7";

    public int Port => new Uri(Url).Port;

    public IReadOnlyCollection<ReceivedMessage> Messages => messages;

    public static Task<Receiver> StartAsync(int status = 200) => StartAsync(_ => status);

    public static Task<Receiver> StartAsync(Func<ReceivedMessage, int> answer) => StartAsync((message, context) =>
    {
        context.Response.StatusCode = answer(message);
        return Task.CompletedTask;
    });

    public static async Task<Receiver> StartAsync(Func<ReceivedMessage, HttpContext, Task> answer)
    {
        var receiver = new Receiver(answer);
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>The next message, without any time passing.</summary>
    public async Task<ReceivedMessage> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        return await arrived.Reader.ReadAsync(patience.Token);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
