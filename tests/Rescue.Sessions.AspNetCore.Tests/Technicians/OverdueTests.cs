using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Deadlines;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>Between a deadline and the sweep that records it, a session counts as what its deadline has made of it.</summary>
public sealed class OverdueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_OfWhatHasTimedOut_Succeeds()
    {
        await using var product = await TestProduct.StartAsync(options => options.Timeouts.ActiveIdle = TimeSpan.FromMinutes(10), asleep: true);
        var (id, _) = await ActiveAsync(product);
        product.Time.Advance(TimeSpan.FromMinutes(10));

        var closed = await product.Technician().PostAsync($"/rescue/sessions/{id}/close", null, HttpStatusCode.OK);

        closed.Text("endReason").Should().Be("byTechnician");
        var history = (await product.Technician().GetJsonAsync($"/rescue/sessions/{id}")).GetProperty("history").EnumerateArray().ToArray();
        history.Select(entry => entry.GetProperty("trigger").GetString()).Should().EndWith(["idleTimeOut", "close"]);
    }

    [Fact]
    public async Task Leave_OfWhatHasTimedOut_EndsTheSession()
    {
        await using var product = await TestProduct.StartAsync(options => options.Timeouts.ActiveIdle = TimeSpan.FromMinutes(10), asleep: true);
        var (id, key) = await ActiveAsync(product);
        product.Time.Advance(TimeSpan.FromMinutes(10));

        await product.Anyone.PostAsync($"/applet/{id}/leave", null, HttpStatusCode.OK, key);

        (await product.Technician().GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("closed");
    }

    [Fact]
    public async Task Start_OfWhatHasTimedOut_IsRefusedAndLeftToTheSweep()
    {
        await using var product = await TestProduct.StartAsync(options => options.Timeouts.Waiting = TimeSpan.FromMinutes(10), asleep: true);
        var (id, _) = await product.WaitingAsync(product.Technician());
        product.Time.Advance(TimeSpan.FromMinutes(10));

        var refused = await product.Technician().PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.Conflict);

        refused.Text("sessionStatus").Should().Be("closed");
    }

    [Fact]
    public async Task Abort_OfATechnicianWhoseOfferHasJustTimedOut_EndsTheSession()
    {
        await using var product = await TestProduct.StartAsync(asleep: true);
        var (id, key) = await ActiveAsync(product);
        await product.Technician().PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, HttpStatusCode.OK);
        product.Time.Advance(TimeSpan.FromMinutes(2));
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key);

        (await product.Services.GetRequiredService<SupportSessions>().AbortAllAsync("acme", "alice", Cancellation)).Should().Be(1);

        (await product.Technician("bob").GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("closed");
    }

    [Theory]
    [InlineData("token", "reconnecting", "offline", "goOffline")]
    [InlineData("pin", "reconnecting", "offline", "goOffline")]
    [InlineData("token", "rebooting", "offline", "goOffline")]
    [InlineData("pin", "rebooting", "offline", "goOffline")]
    [InlineData("token", "active", "timedOut", "idleTimeOut")]
    [InlineData("pin", "active", "timedOut", "idleTimeOut")]
    [InlineData("token", "transferring", "active", "transferTimeOut")]
    [InlineData("pin", "transferring", "active", "transferTimeOut")]
    [InlineData("token", "transferring and then idle", "timedOut", "transferTimeOut", "idleTimeOut")]
    [InlineData("pin", "transferring and then idle", "timedOut", "transferTimeOut", "idleTimeOut")]
    public async Task Join_OfWhoComesBackToWhatADeadlineHasChanged_IsThemStill(string credential, string before, string after, params string[] recorded)
    {
        await using var product = await TestProduct.StartAsync(
            options => (options.Timeouts.ActiveIdle, options.Guessing.PerAddress) = (TimeSpan.FromMinutes(7), 1), asleep: true);
        var created = await product.Technician().CreateAsync();
        var (id, key) = await product.Anyone.JoinAsync(created);
        await product.Anyone.PostAsync($"/applet/{id}/ready", new { hostName = "pc", platform = "windows" }, HttpStatusCode.OK, key);
        await product.Technician().PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await BringToAsync(product, id, before);

        var again = await JoinAsync(product, created, credential, "one", HttpStatusCode.OK);
        await JoinAsync(product, created, credential, "one", HttpStatusCode.OK);

        again.Text("sessionId").Should().Be(id);
        again.Text("appletKey").Should().NotBe(key);
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.Unauthorized, key);
        var session = await product.Technician().GetJsonAsync($"/rescue/sessions/{id}");
        session.Text("status").Should().Be(after);
        session.GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("trigger").GetString()).Should().EndWith([.. recorded, "join", "join"]);
    }

    [Theory]
    [InlineData("token", HttpStatusCode.Conflict)]
    [InlineData("pin", HttpStatusCode.NotFound)]
    public async Task Join_OfAnotherToWhatADeadlineHasChanged_IsRefusedAndRecordsNothing(string credential, HttpStatusCode refusal)
    {
        await using var product = await TestProduct.StartAsync(asleep: true);
        var created = await product.Technician().CreateAsync();
        var (id, key) = await product.Anyone.JoinAsync(created);
        await product.Anyone.PostAsync($"/applet/{id}/ready", new { hostName = "pc", platform = "windows" }, HttpStatusCode.OK, key);
        await BringToAsync(product, id, "rebooting");

        await JoinAsync(product, created, credential, "another", refusal);

        var history = (await product.Technician().GetJsonAsync($"/rescue/sessions/{id}")).GetProperty("history").EnumerateArray();
        history.Select(entry => entry.GetProperty("trigger").GetString()).Should().EndWith("reboot");
    }

    [Fact]
    public async Task Heartbeat_OfWhoHasGoneOfflineRestarting_LeadsBack()
    {
        await using var product = await TestProduct.StartAsync(asleep: true);
        var (id, key) = await ActiveAsync(product);
        await BringToAsync(product, id, "rebooting");

        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key);

        (await product.Technician().GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("active");
    }

    [Fact]
    public async Task Activity_OfWhoseOfferHasTimedOut_IsNoted()
    {
        await using var product = await TestProduct.StartAsync(options => options.Timeouts.ActiveIdle = TimeSpan.FromMinutes(20), asleep: true);
        var (id, _) = await ActiveAsync(product);
        await BringToAsync(product, id, "transferring");

        var noted = await product.Technician().PostAsync($"/rescue/sessions/{id}/activity", null, HttpStatusCode.OK);

        noted.Text("status").Should().Be("active");
        noted.GetProperty("deadline").GetProperty("at").GetDateTimeOffset().Should().Be(product.Time.GetUtcNow() + TimeSpan.FromMinutes(20));
    }

    private static Task<JsonElement> JoinAsync(TestProduct product, JsonElement created, string credential, string instance, HttpStatusCode expected) =>
        product.Anyone.PostAsync(
            "/applet/join",
            new Dictionary<string, string> { [credential] = credential == "pin" ? created.Text("pin") : Requests.TokenOf(created), ["instance"] = instance },
            expected);

    // As after an outage: the deadline has passed, and nobody has recorded it.
    private static async Task BringToAsync(TestProduct product, string id, string status)
    {
        switch (status)
        {
            case "reconnecting":
                product.Time.Advance(TimeSpan.FromSeconds(45));
                await product.Services.GetRequiredService<SilenceSweep>().RunAsync(Cancellation);
                product.Time.Advance(TimeSpan.FromMinutes(5));
                break;
            case "rebooting":
                await product.Technician().PostAsync($"/rescue/sessions/{id}/reboot", null, HttpStatusCode.OK);
                product.Time.Advance(TimeSpan.FromMinutes(5));
                break;
            case "active":
                product.Time.Advance(TimeSpan.FromMinutes(7));
                break;
            default:
                await product.Technician().PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, HttpStatusCode.OK);
                product.Time.Advance(TimeSpan.FromMinutes(status == "transferring" ? 4 : 10));
                break;
        }
    }

    private static async Task<(string Id, string Key)> ActiveAsync(TestProduct product)
    {
        var (id, key) = await product.WaitingAsync(product.Technician());
        await product.Technician().PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        return (id, key);
    }
}
