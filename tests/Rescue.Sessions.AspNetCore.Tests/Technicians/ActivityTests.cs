using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

public sealed class ActivityTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(20);

    [Fact]
    public async Task Activity_OfTheOwner_KeepsASessionInUseFromTimingOut()
    {
        await using var product = await StartAsync();
        var (id, key) = await ActiveAsync(product);
        for (var minute = 0; minute < 60; minute++)
        {
            await PassAliveAsync(product, id, key, TimeSpan.FromMinutes(1));
            await product.Technician().PostAsync($"/rescue/sessions/{id}/activity", null, HttpStatusCode.OK);
        }

        (await FindAsync(product, id)).Text("status").Should().Be("active");
        await PassAliveAsync(product, id, key, Idle - TimeSpan.FromSeconds(1));
        (await FindAsync(product, id)).Text("status").Should().Be("active");
        await PassAliveAsync(product, id, key, TimeSpan.FromSeconds(1));
        (await FindAsync(product, id)).Text("status").Should().Be("timedOut");
    }

    [Fact]
    public async Task Activity_MovesDeadlineAndAlarm_AndStaysOutOfTheHistory()
    {
        await using var product = await StartAsync();
        var (id, key) = await ActiveAsync(product);
        await PassAliveAsync(product, id, key, TimeSpan.FromMinutes(16));
        var before = await FindAsync(product, id);

        var after = await product.Technician().PostAsync($"/rescue/sessions/{id}/activity", null, HttpStatusCode.OK);
        await PassAliveAsync(product, id, key, TimeSpan.FromMinutes(9));
        var early = await FindAsync(product, id);
        await PassAliveAsync(product, id, key, TimeSpan.FromMinutes(1));
        var half = await FindAsync(product, id);

        Deadline(after).Should().Be(Deadline(before) + TimeSpan.FromMinutes(16));
        AlarmLevels(before).Should().Equal("1", "2");
        AlarmLevels(early).Should().Equal("1", "2");
        AlarmLevels(half).Should().Equal(["1", "2", "1"], "warnings begin anew");
        Kinds(half).Should().NotContain("activity");
    }

    [Fact]
    public async Task Activity_SeveralTimesAMinute_IsWrittenOnce()
    {
        await using var product = await StartAsync();
        var (id, key) = await ActiveAsync(product);
        await PassAliveAsync(product, id, key, TimeSpan.FromMinutes(1));
        var first = await product.Technician().PostAsync($"/rescue/sessions/{id}/activity", null, HttpStatusCode.OK);

        await PassAliveAsync(product, id, key, TimeSpan.FromSeconds(59));
        var soon = await product.Technician().PostAsync($"/rescue/sessions/{id}/activity", null, HttpStatusCode.OK);

        soon.GetProperty("version").GetInt64().Should().Be(first.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Activity_OfSomebodyElseOrWithoutASession_IsRefused()
    {
        await using var product = await StartAsync();
        var (id, _) = await product.WaitingAsync(product.Technician());

        await product.Technician().PostAsync($"/rescue/sessions/{id}/activity", null, HttpStatusCode.Conflict);
        await product.Technician().PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await product.Technician("bob").PostAsync($"/rescue/sessions/{id}/activity", null, HttpStatusCode.Conflict);
        await product.Technician(tenant: "other").PostAsync($"/rescue/sessions/{id}/activity", null, HttpStatusCode.NotFound);
    }

    private static Task<TestProduct> StartAsync() => TestProduct.StartAsync(options => options.Timeouts.ActiveIdle = Idle);

    private static async Task<(string Id, string Key)> ActiveAsync(TestProduct product)
    {
        var (id, key) = await product.WaitingAsync(product.Technician());
        await product.Technician().PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        return (id, key);
    }

    private static async Task PassAliveAsync(TestProduct product, string id, string key, TimeSpan time)
    {
        var step = TimeSpan.FromSeconds(30);
        for (var left = time; left > TimeSpan.Zero; left -= step)
        {
            await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key);
            await product.PassAsync(left < step ? left : step);
        }
    }

    private static Task<JsonElement> FindAsync(TestProduct product, string id) => product.Technician().GetJsonAsync($"/rescue/sessions/{id}");

    private static DateTimeOffset Deadline(JsonElement session) => session.GetProperty("deadline").GetProperty("at").GetDateTimeOffset();

    private static IEnumerable<string?> Kinds(JsonElement session) => session.GetProperty("history").EnumerateArray().Select(entry => entry.Text("kind"));

    private static IEnumerable<string?> AlarmLevels(JsonElement session) =>
        session.GetProperty("history").EnumerateArray().Where(entry => entry.Text("kind") == "alarm").Select(entry => entry.Text("detail"));
}
