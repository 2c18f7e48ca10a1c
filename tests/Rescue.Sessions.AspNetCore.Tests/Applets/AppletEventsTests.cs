using System.Net;
using Rescue.Sessions.AspNetCore.Tests.Events;

namespace Rescue.Sessions.AspNetCore.Tests.Applets;

public class AppletEventsTests
{
    [Fact]
    public async Task Stream_TellsEachStatusUntilTheEnd()
    {
        await using var product = await TestProduct.StartAsync(overTcp: true, asleep: true);
        var technician = product.Technician();
        var (id, key) = await product.WaitingAsync(technician);
        using var stream = await EventReader.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key);

        (await stream.NextAsync())!.Value.Text("status").Should().Be("waiting");
        var started = await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        var active = (await stream.NextAsync())!.Value;
        active.Text("status").Should().Be("active");
        active.Text("technician").Should().Be("Name of alice");
        active.GetProperty("handOver").Text("secret").Should().Be(started.GetProperty("handOver").Text("secret"));
        await technician.PostAsync($"/rescue/sessions/{id}/close", null, HttpStatusCode.OK);
        (await stream.NextAsync())!.Value.Text("endReason").Should().Be("byTechnician");
        (await stream.NextAsync()).Should().BeNull("a session that has ended has nothing more to tell");
        product.Faults.All.Should().BeEmpty();
    }

    /// <summary>It listens already when its node hands over what it read before the applet joined.</summary>
    [Fact]
    public async Task Stream_AtANodeThatIsBehind_TellsWhatIsNewer()
    {
        var (store, feed) = LateFeedStore.Open();
        await using var product = await TestProduct.StartAsync(store: store);
        var technician = product.Technician();
        // Somebody listens, so that the feed reads.
        using var console = await EventReader.OpenAsync(technician, "/rescue/sessions/events");
        var created = await technician.CreateAsync();
        await feed.Holds;
        var (id, key) = await product.Anyone.JoinAsync(created);
        await product.Anyone.PostAsync($"/applet/{id}/ready", new { }, HttpStatusCode.OK, key);
        using var stream = await EventReader.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key);
        (await stream.NextAsync())!.Value.Text("status").Should().Be("waiting");

        feed.LetThrough();
        await console.NextAsync("waiting");
        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);

        (await stream.NextAsync())!.Value.Text("status").Should().Be("active");
    }

    [Fact]
    public async Task Stream_AtANodeThatIsBehind_TellsNothingThatWasBeforeTheFirstStatus()
    {
        var (store, feed) = LateFeedStore.Open();
        feed.ReadsAnew = true;
        await using var product = await TestProduct.StartAsync(store: store);
        var technician = product.Technician();
        using var console = await EventReader.OpenAsync(technician, "/rescue/sessions/events");
        var (id, key) = await product.WaitingAsync(technician);
        await feed.Holds;
        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await technician.PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.OK);
        using var stream = await EventReader.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key);
        (await stream.NextAsync())!.Value.Text("status").Should().Be("onHold");
        // What the node hands over then comes with a session that is further on than the status.
        var resumed = await technician.PostAsync($"/rescue/sessions/{id}/resume", null, HttpStatusCode.OK);

        feed.LetThrough();

        var next = (await stream.NextAsync())!.Value;
        (next.Text("status"), next.GetProperty("handOver").Text("secret")).Should().Be(("active", resumed.GetProperty("handOver").Text("secret")));
    }

    [Fact]
    public async Task Stream_Resumed_TellsTheStatusNow_AndNothingThatItHolds()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var (id, key) = await product.WaitingAsync(technician);
        using var console = await EventReader.OpenAsync(technician, "/rescue/sessions/events");
        string? seen;
        using (var stream = await EventReader.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key))
        {
            await stream.NextAsync();
            seen = stream.LastId;
        }

        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await technician.PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.OK);
        await console.NextAsync("onHold");
        using var again = await EventReader.OpenAsync(product.Anyone, $"/applet/{id}/events", seen, key);

        (await again.NextAsync())!.Value.Text("status").Should().Be("onHold");
        await technician.PostAsync($"/rescue/sessions/{id}/close", null, HttpStatusCode.OK);
        (await again.NextAsync())!.Value.Text("status").Should().Be("closed");
    }

    [Fact]
    public async Task Status_LeftAndComeBack_IsSinceAnotherMoment()
    {
        await using var product = await TestProduct.StartAsync(asleep: true);
        var technician = product.Technician();
        var (id, key) = await product.WaitingAsync(technician);
        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        using var stream = await EventReader.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key);
        var before = (await stream.NextAsync())!.Value.Text("statusSince");

        product.Time.Advance(TimeSpan.FromSeconds(5));
        await technician.PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.OK);
        await technician.PostAsync($"/rescue/sessions/{id}/resume", null, HttpStatusCode.OK);

        (await stream.NextAsync())!.Value.Text("status").Should().Be("onHold");
        var heard = (await stream.NextAsync())!.Value;
        heard.Text("status").Should().Be("active");
        heard.Text("statusSince").Should().NotBe(before);
        using var another = await EventReader.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key);
        (await another.NextAsync())!.Value.Text("statusSince").Should().Be(heard.Text("statusSince"), "who listened and who was away must agree");
    }

    [Fact]
    public async Task Stream_ResumedWithAnIdThatIsYetToCome_GoesOnFromNow()
    {
        await using var product = await TestProduct.StartAsync(asleep: true);
        var technician = product.Technician();
        var (id, key) = await product.WaitingAsync(technician);
        using var stream = await EventReader.OpenAsync(product.Anyone, $"/applet/{id}/events", "9000000000", key);
        await stream.NextAsync();

        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);

        (await stream.NextAsync())!.Value.Text("status").Should().Be("active");
    }

    [Fact]
    public async Task Stream_OfAReplacedKey_TellsNoMore()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var (id, first) = await product.Anyone.JoinAsync(created);
        using var stream = await EventReader.OpenAsync(product.Anyone, $"/applet/{id}/events", key: first);
        await stream.NextAsync();

        var (_, second) = await product.Anyone.JoinAsync(created);
        await product.Anyone.PostAsync($"/applet/{id}/ready", new { }, HttpStatusCode.OK, second);

        (await stream.NextAsync()).Should().BeNull();
    }

    [Fact]
    public async Task Stream_IsPinged_AndEndsWithItsClient()
    {
        await using var product = await TestProduct.StartAsync(overTcp: true, asleep: true);
        var (id, key) = await product.WaitingAsync(product.Technician());
        using (var stream = await EventReader.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key))
        {
            await stream.NextAsync();
            (await stream.NextPingAsync(product.Time)).Should().Equal("event: ping", "data: {}");
        }

        (await product.EndOfAsync($"/applet/{id}/events")).Should().BeNull();
        product.Faults.All.Should().BeEmpty();
    }

    [Fact]
    public async Task Stream_WithABadKeyOrAfterTheEnd_IsRefused()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var (id, key) = await product.WaitingAsync(technician);
        var (_, foreign) = await product.WaitingAsync(technician);

        foreach (var bad in (string?[])[null, "nonsense", new string('A', 22), foreign])
            (await StatusAsync(product, id, bad)).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(product, "nonsense", key)).Should().Be(HttpStatusCode.Unauthorized);
        await technician.PostAsync($"/rescue/sessions/{id}/close", null, HttpStatusCode.OK);
        (await StatusAsync(product, id, key)).Should().Be(HttpStatusCode.Gone);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestProduct product, string id, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/applet/{id}/events");
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        using var answer = await product.Anyone.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
