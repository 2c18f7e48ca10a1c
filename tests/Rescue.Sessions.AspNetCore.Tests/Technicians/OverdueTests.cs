using System.Net;
using Microsoft.Extensions.DependencyInjection;

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

    private static async Task<(string Id, string Key)> ActiveAsync(TestProduct product)
    {
        var (id, key) = await product.WaitingAsync(product.Technician());
        await product.Technician().PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        return (id, key);
    }
}
