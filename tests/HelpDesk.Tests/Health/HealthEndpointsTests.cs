using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Stores;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Health;

public sealed class HealthEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_SaysEachCheck_ToAnybody()
    {
        await using var desk = new HelpDeskHost();

        var (status, report) = await AskAsync(desk, "/health/ready");

        status.Should().Be(HttpStatusCode.OK);
        report.GetProperty("status").GetString().Should().Be("healthy");
        report.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString())
            .Should().BeEquivalentTo("rescue.store", "rescue.outbox", "rescue.feed", "rescue.mail", "rescue.clock");
        report.GetProperty("checks").EnumerateArray().Should().OnlyContain(check => check.GetProperty("description").GetString()!.Length > 0);
    }

    [Fact]
    public async Task StoreAway_IsNotReady_ButAlive()
    {
        await using var desk = new HelpDeskHost(services: services => services.AddSingleton<ISessionStore>(LostStore.Open()));

        var (ready, report) = await AskAsync(desk, "/health/ready");
        var (live, whole) = await AskAsync(desk, "/health/live");

        ready.Should().Be(HttpStatusCode.ServiceUnavailable);
        report.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "rescue.store")
            .GetProperty("description").GetString().Should().Contain("out of reach").And.NotContain("s3cret");
        live.Should().Be(HttpStatusCode.OK);
        whole.GetProperty("checks").GetArrayLength().Should().Be(0);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Report)> AskAsync(HelpDeskHost desk, string path)
    {
        using var browser = desk.Browser();
        using var answer = await browser.GetAsync(path, Cancellation);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement);
    }
}
