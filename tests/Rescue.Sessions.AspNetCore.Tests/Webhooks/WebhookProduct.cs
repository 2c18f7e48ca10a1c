using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;
using Rescue.Sessions.Webhooks.Transport;

namespace Rescue.Sessions.AspNetCore.Tests.Webhooks;

/// <summary>A product with webhooks that may lead to loopback, unless a test says otherwise.</summary>
internal sealed class WebhookProduct : IAsyncDisposable
{
    public const string WebhooksPath = "/rescue/settings/webhooks";

    private WebhookProduct(TestProduct product) => Product = product;

    public TestProduct Product { get; }

    public HttpClient Alice { get; private init; } = null!;

    public static async Task<WebhookProduct> StartAsync(Action<WebhookOptions>? configure = null, ResolveHost? resolve = null, IWebhookStore? store = null)
    {
        var product = await TestProduct.StartAsync(add: builder =>
        {
            if (resolve is not null)
                builder.Services.AddSingleton(resolve);
            if (store is not null)
                builder.Services.AddSingleton(store);
            builder.AddWebhooks(options =>
            {
                (options.AllowHttp, options.AllowPrivateAddresses) = (true, true);
                configure?.Invoke(options);
            });
        });
        var started = new WebhookProduct(product) { Alice = product.Technician() };
        // What is made before the subscription is taken is none of it.
        await started.UntilAsync(() => Task.FromResult(product.Services.GetRequiredService<SessionFeed>().Listeners > 0));
        return started;
    }

    public async Task<(string Id, string Secret)> AddAsync(Receiver receiver, params string[] types)
    {
        var made = await Alice.PostAsync(WebhooksPath, new { url = receiver.Url, types }, HttpStatusCode.Created);
        return (made.Text("id"), made.Text("secret"));
    }

    public async Task<JsonElement[]> LogAsync(string id) =>
        [.. (await Alice.GetJsonAsync($"{WebhooksPath}/{id}/deliveries")).GetProperty("deliveries").EnumerateArray()];

    /// <summary>Waits without letting time pass.</summary>
    public Task UntilAsync(Func<Task<bool>> holds) => Product.UntilAsync(holds);

    /// <summary>Lets time pass step by step until a condition holds.</summary>
    public Task PassUntilAsync(TimeSpan step, Func<Task<bool>> holds) => Product.PassUntilAsync(step, holds);

    public ValueTask DisposeAsync() => Product.DisposeAsync();
}
