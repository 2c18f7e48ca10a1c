using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Fields;

namespace Rescue.Sessions.AspNetCore.Tests.Events;

/// <summary>Streams that are too many, that close all at once, or whose technicians may listen no more.</summary>
public class OpenStreamsTests
{
    private const string Events = "/rescue/sessions/events";

    [Fact]
    public async Task Technician_WithTooManyStreams_LosesTheOldest()
    {
        await using var product = await TestProduct.StartAsync(web: options => options.Streams.PerTechnician = 2, overTcp: true);
        using var oldest = await EventReader.OpenAsync(product.Technician(), Events);
        using var second = await EventReader.OpenAsync(product.Technician(), Events);
        using var third = await EventReader.OpenAsync(product.Technician(), Events);
        using var another = await EventReader.OpenAsync(product.Technician("bob"), Events);

        (await LastBlockOfAsync(oldest)).Should().Equal("retry: 30000");
        var created = await product.Technician().CreateAsync();
        foreach (var stream in (EventReader[])[second, third, another])
            (await stream.NextAsync())!.Value.Text("sessionId").Should().Be(created.Text("id"));
        product.Faults.All.Should().BeEmpty();
    }

    [Fact]
    public async Task Applet_WithTooManyStreams_LosesTheOldest()
    {
        await using var product = await TestProduct.StartAsync(overTcp: true, asleep: true);
        var technician = product.Technician();
        var (id, key) = await product.WaitingAsync(technician);
        var streams = new List<EventReader>();
        for (var i = 0; i < 5; i++)
            streams.Add(await EventReader.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key));

        foreach (var let in streams.Take(2))
            (await LastBlockOfAsync(let)).Should().Equal("retry: 30000");
        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        foreach (var kept in streams.Skip(2))
        {
            await kept.NextAsync();
            (await kept.NextAsync())!.Value.Text("status").Should().Be("active");
        }

        streams.ForEach(stream => stream.Dispose());
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("overall")]
    public async Task Many_WithTooManyStreams_LoseTheOldest(string limit)
    {
        await using var product = await TestProduct.StartAsync(
            web: options =>
            {
                if (limit == "tenant")
                    options.Streams.PerTenant = 3;
                else
                    options.Streams.Overall = 3;
            },
            overTcp: true);
        var streams = new List<EventReader>();
        for (var i = 0; i < 4; i++)
            streams.Add(await EventReader.OpenAsync(product.Technician($"t{i}"), Events));

        (await LastBlockOfAsync(streams[0])).Should().Equal("retry: 30000");
        await product.Technician().CreateAsync();
        foreach (var kept in streams.Skip(1))
            (await kept.NextAsync()).Should().NotBeNull();
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task Technician_WhoIsSignedOut_HearsNoMoreWithinSeconds()
    {
        var isSignedIn = true;
        await using var product = await TestProduct.StartAsync(
            web: options => options.Technician = user => isSignedIn && user.FindFirst("id") is not null
                ? new Technician("ada", "Ada") { Groups = ["all"], Tenant = "acme" }
                : null,
            overTcp: true);
        using var stream = await EventReader.OpenAsync(product.Technician(), Events);
        await stream.NextBlockAsync();

        product.Time.Advance(TimeSpan.FromSeconds(5));
        await product.Technician().CreateAsync();
        (await stream.NextAsync()).Should().NotBeNull("whoever is signed in stays");
        isSignedIn = false;
        product.Time.Advance(TimeSpan.FromSeconds(5));

        (await stream.NextAsync()).Should().BeNull();
        (await product.EndOfAsync(Events)).Should().BeNull();
    }

    [Fact]
    public async Task Streams_ThatCloseAllAtOnce_LeaveNothingBehind()
    {
        const int Streams = 300;
        await using var product = await TestProduct.StartAsync(web: options => options.Streams.PerTechnician = 1000, overTcp: true);
        using var staying = await EventReader.OpenAsync(product.Technician("bob"), Events);
        var client = product.Technician();
        var streams = await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => EventReader.OpenAsync(client, Events)));

        Parallel.ForEach(streams, stream => stream.Dispose());

        for (var i = 0; i < Streams; i++)
            (await product.EndOfAsync(Events)).Should().BeNull();
        var created = await product.Technician().CreateAsync();
        (await staying.NextAsync())!.Value.Text("sessionId").Should().Be(created.Text("id"));
        product.Faults.All.Should().BeEmpty();
    }

    [Fact]
    public async Task Streams_OfAClientThatNeverReads_HoldUpNobody_AndAreLetGo()
    {
        const int Streams = 10;
        const int Made = 2_000;
        await using var product = await TestProduct.StartAsync(web: options => options.Streams.PerTechnician = Streams, overTcp: true, asleep: true);
        var sockets = await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => OpenAndNeverReadAsync(product)));
        using var reading = await EventReader.OpenAsync(product.Technician("bob"), Events);
        var feed = product.Services.GetRequiredService<SessionFeed>();
        feed.Listeners.Should().Be(Streams + 1);

        // More than all buffers on the way hold.
        var invitations = product.Services.GetRequiredService<SupportInvitations>();
        var large = new CustomFields { Field0 = new('a', 64), Field1 = new('b', 512), Field2 = new('c', 512), Field3 = new('d', 256) };
        for (var i = 0; i < Made; i++)
        {
            var created = (CreateSessionResult.Created)await invitations.CreateAsync(
                new("alice", "Alice") { Tenant = "acme", Groups = ["all"] }, new($"Customer {i}") { Fields = large }, cancellationToken: TestContext.Current.CancellationToken);
            (await reading.NextAsync())!.Value.Text("sessionId").Should().Be(created.Session.Id.ToString());
        }

        await reading.PassAsync(product.Time, TimeSpan.FromSeconds(60));
        for (var i = 0; i < Streams; i++)
            await product.EndOfAsync(Events);
        feed.Listeners.Should().Be(1, "whoever takes nothing is let go");
        var last = await product.Technician().CreateAsync();
        JsonElement? heard;
        do
            heard = await reading.NextAsync();
        while (!heard!.Value.TryGetProperty("sessionId", out _));
        heard.Value.Text("sessionId").Should().Be(last.Text("id"));
        foreach (var socket in sockets)
            socket.Dispose();
    }

    private static async Task<Socket> OpenAndNeverReadAsync(TestProduct product)
    {
        var address = product.Anyone.BaseAddress!;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {Events} HTTP/1.1\r\nHost: {address.Authority}\r\nX-Technician: acme/alice/all\r\n\r\n"), TestContext.Current.CancellationToken);
        // The first byte says that it is open; it is the last that is read.
        await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<IReadOnlyList<string>> LastBlockOfAsync(EventReader stream)
    {
        IReadOnlyList<string> last = [];
        while (await stream.NextBlockAsync() is { } block)
            last = block;
        return last;
    }
}
