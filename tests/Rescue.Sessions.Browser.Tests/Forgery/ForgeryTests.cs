using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.TestHost;

namespace Rescue.Sessions.Browser.Tests.Forgery;

/// <summary>
/// R15: somebody who is signed in opens a page of somebody else's, which tries to change something at every route that changes anything, in every
/// way that a page has. Then nothing has changed. In every test run each of the pages tries an eighth of the ways, another one at each route; with
/// <c>RESCUE_FORGERY=full</c> each tries all.
/// </summary>
public class ForgeryTests(HostileBrowser browser) : IClassFixture<HostileBrowser>
{
    private static readonly int Parts = Environment.GetEnvironmentVariable("RESCUE_FORGERY") == "full" ? 1 : 8;

    // What stands below .localhost is a secure context, whose requests bring Sec-Fetch-Site; below .test there is only Origin.
    [Theory]
    [InlineData("full", "localhost")]
    [InlineData("admin", "test")]
    public async Task HostilePage_TriesEveryChange_ChangesNothing(string technician, string topLevel)
    {
        var requests = new RequestLog();
        await using var desk = Listening(requests);
        var target = await ForgeryTarget.PrepareAsync(desk);
        var before = await target.StateAsync();

        // The cookie rides along from the first four.
        var origins = Parts > 1 && topLevel == "test" ? HostileOrigin.All.Take(4) : HostileOrigin.All;
        foreach (var (part, origin) in origins.Index())
        {
            var attack = await browser.AttackAsync(target, requests, technician, topLevel, origin, (part, Parts), TimeSpan.FromSeconds(30));

            (await target.StateAsync()).Should().Be(before, origin.Name);
            attack.Cookies.Should().Equal(attack.CookiesBefore, origin.Name);
            requests.Changing().Where(request => !request.IsRefused).Should().BeEmpty(origin.Name);
        }

        // The attack has come as far as a page can: to every route that takes a POST, with the technician's cookie.
        requests.Changing().Where(request => request is { Method: "POST", IsSignedIn: true }).Select(request => request.Path).Distinct()
            .Should().Contain(target.Routes.Where(route => route.Method == "POST").Select(route => route.Path));
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests.Changing().Count} requests to {target.Routes.Count} routes as {technician}: 0 changes");
    }

    /// <summary>The control: the same attack on a product that is not told where a request comes from.</summary>
    [Fact]
    public async Task HostilePage_AtAProductThatDoesNotLook_ChangesMuch()
    {
        var requests = new RequestLog { HidesOrigins = true };
        await using var desk = Listening(requests);
        var target = await ForgeryTarget.PrepareAsync(desk);
        var before = await target.StateAsync();

        for (var part = 0; part < Parts && !HasClosed(); part++)
            await browser.AttackAsync(target, requests, "full", "localhost", HostileOrigin.OtherPort, (part, Parts), TimeSpan.FromSeconds(1));

        (await target.StateAsync()).Should().NotBe(before);
        HasClosed().Should().BeTrue("such a page ends a session");

        bool HasClosed() => requests.Changing().Any(request => request.Status == 200 && request.Path.EndsWith("/close", StringComparison.Ordinal));
    }

    // Nobody beats here, and nothing shall change by itself.
    private static HelpDeskHost Listening(RequestLog requests) => HelpDeskHost.Listening(services => services
        .AddSingleton<IStartupFilter>(requests)
        .PostConfigure<RescueSessionsOptions>(options => options.Timeouts.Silence = TimeSpan.FromHours(1)));
}
