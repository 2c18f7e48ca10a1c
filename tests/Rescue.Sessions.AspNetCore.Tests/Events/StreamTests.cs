using System.Net;

namespace Rescue.Sessions.AspNetCore.Tests.Events;

public class StreamTests
{
    [Fact]
    public async Task Technician_Stream_TellsWhatHappensInOrder_AndResumesWhereItBroke()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        string? last;
        string id;
        await using (var first = await OpenStream.OpenAsync(technician, "/rescue/sessions/events"))
        {
            id = (await product.WaitingAsync(technician)).Id;
            var created = (await first.NextAsync())!.Value;
            created.Name.Should().Be("session");
            created.Data.Text("kind").Should().Be("created");
            created.Data.Text("sessionId").Should().Be(id);
            last = created.Id;
        }

        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await using var resumed = await OpenStream.OpenAsync(technician, "/rescue/sessions/events", last);

        var triggers = new List<string>();
        for (var i = 0; i < 3; i++)
            triggers.Add((await resumed.NextAsync())!.Value.Data.Text("trigger"));
        triggers.Should().Equal("join", "ready", "start");
    }

    [Fact]
    public async Task Technician_Stream_HasNothingOfOtherTenants()
    {
        await using var product = await TestProduct.StartAsync();
        await using var events = await OpenStream.OpenAsync(product.Technician(tenant: "other"), "/rescue/sessions/events", "0");
        await product.Technician().CreateAsync("Ada");
        var own = await product.Technician(tenant: "other").CreateAsync("Bea");

        (await events.NextAsync())!.Value.Data.Text("sessionId").Should().Be(own.Text("id"));
    }

    [Fact]
    public async Task Technician_ManyEvents_NoneIsLost()
    {
        const int Sessions = 200;
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await using var events = await OpenStream.OpenAsync(technician, "/rescue/sessions/events");
        var made = Task.WhenAll(Enumerable.Range(0, Sessions).Select(i => technician.CreateAsync($"Customer {i}")));

        var seen = new HashSet<string>();
        while (seen.Count < Sessions)
            seen.Add((await events.NextAsync())!.Value.Data.Text("sessionId"));

        seen.Should().BeEquivalentTo((await made).Select(created => created.Text("id")));
    }

    [Fact]
    public async Task Applet_Stream_BeginsWithTheStatus_GivesTheHandOver_AndEndsWithTheSession()
    {
        await using var product = await TestProduct.StartAsync(asleep: true);
        var technician = product.Technician();
        var (id, key) = await product.WaitingAsync(technician);
        await using var events = await OpenStream.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key);

        (await events.NextAsync())!.Value.Data.Text("status").Should().Be("waiting");
        var started = await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        var active = (await events.NextAsync())!.Value.Data;
        active.Text("status").Should().Be("active");
        active.Text("technician").Should().Be("Name of alice");
        active.GetProperty("handOver").Text("secret").Should().Be(started.GetProperty("handOver").Text("secret"));
        await technician.PostAsync($"/rescue/sessions/{id}/close", null, HttpStatusCode.OK);
        (await events.NextAsync())!.Value.Data.Text("endReason").Should().Be("byTechnician");
        (await events.NextAsync()).Should().BeNull();
    }

    [Fact]
    public async Task Applet_StreamResumed_MissesNoChange()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var (id, key) = await product.WaitingAsync(technician);
        string? last;
        await using (var first = await OpenStream.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key))
            last = (await first.NextAsync())!.Value.Id;
        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await technician.PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.OK);

        await using var resumed = await OpenStream.OpenAsync(product.Anyone, $"/applet/{id}/events", last, key);

        (await resumed.NextAsync())!.Value.Data.Text("status").Should().Be("onHold");
    }

    [Fact]
    public async Task Applet_WithAForeignKeyOrAfterTheEnd_GetsNoStream()
    {
        await using var product = await TestProduct.StartAsync();
        var (id, key) = await product.WaitingAsync(product.Technician());
        await product.Anyone.GetJsonAsync($"/applet/{id}/events", HttpStatusCode.Unauthorized);
        await product.Anyone.PostAsync($"/applet/{id}/leave", null, HttpStatusCode.OK, key);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/applet/{id}/events");
        request.Headers.Authorization = new("Bearer", key);

        using var answer = await product.Anyone.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.Gone);
    }
}
