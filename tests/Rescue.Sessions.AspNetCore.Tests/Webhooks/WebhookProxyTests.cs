using System.Net;
using static Rescue.Sessions.AspNetCore.Tests.Webhooks.WebhookProduct;

namespace Rescue.Sessions.AspNetCore.Tests.Webhooks;

[Collection(nameof(WholeProcess))]
public sealed class WebhookProxyTests
{
    /// <summary>The environment's proxy is not the way out for what administrators of tenants enter.</summary>
    [Fact]
    public async Task Proxy_OfTheEnvironment_IsNotUsed()
    {
        await using var proxy = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy($"http://127.0.0.1:{proxy.Port}");
        try
        {
            await using var product = await StartAsync();

            (await WebhookAddressTests.TestAsync(product, receiver.Url)).Should().BeNull();
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        proxy.Messages.Should().BeEmpty();
        receiver.Messages.Should().ContainSingle();
    }
}
