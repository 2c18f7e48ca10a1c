using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Settings;
using static Rescue.Sessions.AspNetCore.Tests.Webhooks.WebhookProduct;

namespace Rescue.Sessions.AspNetCore.Tests.Webhooks;

/// <summary>Where webhooks may lead is decided by the address that is connected to, whatever a name says.</summary>
public sealed class WebhookAddressTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3", "192.168.1.1", "127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    public async Task Name_ThatLeadsToPrivateAddresses_IsNotConnectedTo(params string[] addresses)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var product = await StartAsync(
            options => options.AllowPrivateAddresses = false, (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));

        foreach (var host in (string[])["crm.example", "localhost", "metadata.google.internal", "127.0.0.1.nip.example"])
        {
            var test = await TestAsync(product, $"http://{host}:{receiver.Port}/");

            test.Should().StartWith("The receiver has no address of the public internet").And.Contain("Webhooks.AllowPrivateAddresses");
        }

        receiver.Messages.Should().BeEmpty();
    }

    /// <summary>A name that leads to the public when it is saved, and into the product's network when it is connected to.</summary>
    [Fact]
    public async Task Name_ThatChangesInBetween_IsNotConnectedTo()
    {
        await using var receiver = await Receiver.StartAsync();
        var asked = 0;
        await using var product = await StartAsync(
            options => options.AllowPrivateAddresses = false,
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(Interlocked.Increment(ref asked) == 1 ? "192.0.2.7" : "127.0.0.1")]));
        var url = $"http://rebind.example:{receiver.Port}/";

        for (var i = 0; i < 4; i++)
            (await TestAsync(product, url)).Should().StartWith("The receiver has no address of the public internet").And.Contain("Webhooks.AllowPrivateAddresses");

        asked.Should().BeGreaterThanOrEqualTo(4, "each connection asks anew and goes where it has looked");
        receiver.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task Name_WithOneReachableAddress_IsReached()
    {
        await using var receiver = await Receiver.StartAsync();
        // Nobody listens at the first.
        await using var product = await StartAsync(resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]));

        (await TestAsync(product, $"http://crm.example:{receiver.Port}/")).Should().BeNull();
    }

    /// <summary>A receiver that has moved and left an address behind, or whose IPv6 leads nowhere.</summary>
    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("127.0.0.2", "127.0.0.3", "127.0.0.4")]
    public async Task Name_WhoseFirstAddressesAreDead_IsReachedInTime(params string[] dead)
    {
        await using var receiver = await Receiver.StartAsync();
        using var holes = new BlackHoles();
        foreach (var address in dead)
            await holes.AddAsync(new(IPAddress.Parse(address), receiver.Port));
        await using var product = await StartAsync(resolve: (_, _) => Task.FromResult<IPAddress[]>([.. dead.Select(IPAddress.Parse), IPAddress.Loopback]));

        var test = TestAsync(product, $"http://crm.example:{receiver.Port}/");
        foreach (var _ in dead)
            await product.Product.Time.PassWhenAwaitedAsync(TimeSpan.FromMilliseconds(250));

        (await test).Should().BeNull();
    }

    [Fact]
    public async Task Name_ThatIsUnknown_IsToldWithoutTheSystemsWords()
    {
        await using var product = await StartAsync(
            resolve: (_, _) => Task.FromException<IPAddress[]>(new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound)));

        (await TestAsync(product, "https://nowhere.example/")).Should().Be("The receiver's name was not found.");
    }

    /// <summary>Such an address was taken by earlier versions.</summary>
    [Fact]
    public async Task Name_ThatCannotBeWritten_IsTold_AndTheAttemptCounts()
    {
        await using var product = await StartAsync();
        var id = (await product.Alice.PostAsync(WebhooksPath, new { url = "https://crm.example/" }, HttpStatusCode.Created)).Text("id");
        var store = product.Product.Services.GetRequiredService<ISettingsStore>();
        var saved = (await store.FindAllAsync("acme", TestContext.Current.CancellationToken)).Single();
        await store.SaveAsync(
            new()
            {
                Tenant = saved.Tenant, Name = saved.Name, By = saved.SavedBy, At = saved.SavedAt,
                Value = saved.Value!.Replace("https://crm.example/", "https://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸.example/", StringComparison.Ordinal),
            },
            TestContext.Current.CancellationToken);
        product.Product.Time.Advance(TimeSpan.FromSeconds(2));

        var test = await product.Alice.PostAsync($"{WebhooksPath}/{id}/test", null, HttpStatusCode.OK);
        await product.Alice.CreateAsync();
        await product.UntilAsync(async () => await product.LogAsync(id) is [var delivery, ..] && delivery.GetProperty("attempts").GetInt32() > 0);

        test.Text("problem").Should().Contain("no ASCII form");
        (await product.LogAsync(id))[0].Text("problem").Should().Contain("no ASCII form");
    }

    [Fact]
    public async Task Tls_WhereThereIsNone_IsTold()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var product = await StartAsync();

        (await TestAsync(product, $"https://127.0.0.1:{receiver.Port}/")).Should().Contain("TLS");
        receiver.Messages.Should().BeEmpty();
    }

    // The problem of a test, null when it was delivered.
    internal static async Task<string?> TestAsync(WebhookProduct product, string url)
    {
        var made = await product.Alice.PostAsync(WebhooksPath, new { url }, HttpStatusCode.Created);
        return (await product.Alice.PostAsync($"{WebhooksPath}/{made.Text("id")}/test", null, HttpStatusCode.OK)).GetProperty("problem").GetString();
    }
}
