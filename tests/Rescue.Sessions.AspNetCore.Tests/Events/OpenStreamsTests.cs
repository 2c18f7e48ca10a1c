using System.Net;

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
        await using var product = await TestProduct.StartAsync(overTcp: true);
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

    private static async Task<IReadOnlyList<string>> LastBlockOfAsync(EventReader stream)
    {
        IReadOnlyList<string> last = [];
        while (await stream.NextBlockAsync() is { } block)
            last = block;
        return last;
    }
}
