using System.Globalization;
using System.Net;

namespace Rescue.Sessions.AspNetCore.Tests.Events;

public class TechnicianEventsTests
{
    private const string Events = "/rescue/sessions/events";

    [Fact]
    public async Task Stream_OfAnOpenClient_HasWhatHappensAfterTheHeaders()
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        var technician = product.Technician();
        using var stream = await EventReader.OpenAsync(technician, Events);

        var created = await technician.CreateAsync("Grace");

        stream.Answer.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        stream.Answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        var happened = (await stream.NextAsync())!.Value;
        happened.Text("kind").Should().Be("created");
        happened.Text("sessionId").Should().Be(created.Text("id"));
        happened.GetProperty("session").Text("customerName").Should().Be("Grace");
        happened.ToString().Should().NotContain(created.Text("pin")).And.NotContain(Requests.TokenOf(created));
    }

    /// <summary>Where sessions start by themselves, no answer of a verb brings it.</summary>
    [Fact]
    public async Task Stream_OfTheOwnerAlone_HasTheHandOverSecret()
    {
        await using var product = await TestProduct.StartAsync(options => options.Technicians.AutoStart = true, overTcp: true);
        using var own = await EventReader.OpenAsync(product.Technician(), Events);
        using var others = await EventReader.OpenAsync(product.Technician("bob"), Events);

        var (id, _) = await product.WaitingAsync(product.Technician());

        var expected = (await product.Technician().GetJsonAsync($"/rescue/sessions/{id}")).GetProperty("handOver").Text("secret");
        (await own.NextAsync("active")).GetProperty("session").GetProperty("handOver").Text("secret").Should().Be(expected);
        (await others.NextAsync("active")).ToString().Should().NotContain(expected);
    }

    [Fact]
    public async Task Stream_ThatBreaksBeforeAnyEvent_LosesNothing()
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        var technician = product.Technician();
        string? seen;
        using (var stream = await EventReader.OpenAsync(technician, Events))
        {
            await stream.NextBlockAsync();
            seen = stream.LastId;
        }

        var missed = await technician.CreateAsync();
        using var again = await EventReader.OpenAsync(technician, Events, seen);

        seen.Should().NotBeNull("the client must know where to go on");
        (await again.NextAsync())!.Value.Text("sessionId").Should().Be(missed.Text("id"));
    }

    [Fact]
    public async Task Stream_UnderLoadAndReconnecting_HasEveryEventOnceAndInOrder()
    {
        const int Technicians = 8;
        const int Each = 40;
        await using var product = await TestProduct.StartAsync(overTcp: true);
        var technician = product.Technician();
        var stream = await EventReader.OpenAsync(technician, Events);

        var making = Enumerable.Range(0, Technicians).Select(async t =>
        {
            var client = product.Technician($"t{t}");
            var ids = new List<string>();
            for (var i = 0; i < Each; i++)
                ids.Add((await client.CreateAsync($"{t}-{i}")).Text("id"));
            return ids;
        }).ToArray();
        var seen = new List<string>();
        var sequences = new List<long>();
        while (seen.Count < Technicians * Each)
        {
            var happened = await stream.NextAsync();
            if (happened is { } heard)
            {
                seen.Add(heard.Text("sessionId"));
                sequences.Add(long.Parse(stream.LastId!, CultureInfo.InvariantCulture));
            }

            // Whoever does not keep up is let go, and comes back like one whose line breaks.
            if (happened is not null && seen.Count % 50 != 0)
                continue;
            stream.Dispose();
            stream = await EventReader.OpenAsync(technician, Events, stream.LastId);
        }

        stream.Dispose();
        sequences.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        seen.Should().BeEquivalentTo((await Task.WhenAll(making)).SelectMany(ids => ids));
        product.Faults.All.Should().BeEmpty();
    }

    [Fact]
    public async Task Stream_ResumedWithAnIdThatIsYetToCome_GoesOnFromNow()
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        var technician = product.Technician();
        using var stream = await EventReader.OpenAsync(technician, Events, "9000000000");

        var created = await technician.CreateAsync();

        (await stream.NextAsync())!.Value.Text("sessionId").Should().Be(created.Text("id"), "a store that was lost counts from 1 again");
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    public async Task Stream_ResumedWithNonsense_GoesOnFromNow(string lastId)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var before = await technician.CreateAsync("before");
        using var stream = await EventReader.OpenAsync(technician, Events, lastId);

        var created = await technician.CreateAsync("after");

        // A node's feed may be a moment behind, and begins there.
        var heard = await stream.NextAsync();
        if (heard!.Value.Text("sessionId") == before.Text("id"))
            heard = await stream.NextAsync();
        heard!.Value.Text("sessionId").Should().Be(created.Text("id"));
    }

    [Fact]
    public async Task Stream_ThatIsSilent_IsPinged()
    {
        await using var product = await TestProduct.StartAsync();
        using var stream = await EventReader.OpenAsync(product.Technician(), Events);
        await stream.NextBlockAsync();

        for (var i = 0; i < 3; i++)
            (await stream.NextPingAsync(product.Time)).Should().Equal("event: ping", "data: {}");
    }

    [Fact]
    public async Task Stream_EndsWithItsClient_WithoutAFault()
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        for (var i = 0; i < 50; i++)
        {
            using (var stream = await EventReader.OpenAsync(product.Technician(), Events))
                await stream.NextBlockAsync();
            (await product.EndOfAsync(Events)).Should().BeNull();
        }

        product.Faults.All.Should().BeEmpty();
    }

    [Fact]
    public async Task Stream_DoesNotHoldUpAHostThatStops()
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        using var stream = await EventReader.OpenAsync(product.Technician(), Events);
        await stream.NextBlockAsync();

        var stopping = product.StopAsync();

        (await product.EndOfAsync(Events)).Should().BeNull();
        (await stream.NextBlockAsync()).Should().BeNull();
        await stopping;
    }

    [Fact]
    public async Task Stream_OfAnotherTenant_HearsNothing()
    {
        await using var product = await TestProduct.StartAsync();
        using var stream = await EventReader.OpenAsync(product.Technician("mallory", tenant: "other"), Events, "0");
        await product.Technician().CreateAsync("not theirs");

        var own = await product.Technician("mallory", tenant: "other").CreateAsync("theirs");

        (await stream.NextAsync())!.Value.Text("sessionId").Should().Be(own.Text("id"));
    }

    [Fact]
    public async Task Stream_ForNobody_Is401()
    {
        await using var product = await TestProduct.StartAsync();

        await product.Anyone.GetJsonAsync(Events, HttpStatusCode.Unauthorized);
    }
}
