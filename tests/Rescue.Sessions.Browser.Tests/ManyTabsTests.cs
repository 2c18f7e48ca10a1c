using Rescue.Sessions.TestServers;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>More tabs of one person than the service keeps lines for.</summary>
public sealed class ManyTabsTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    // As the sample leaves it (Streams.PerApplet).
    private const int Lines = 3;

    private const string CountEnds = """
        window.ended = 0;
        const straight = window.fetch;
        window.fetch = async (address, options) => {
          const answer = await straight(address, options);
          return `${address}`.endsWith('/events')
            ? new Response(answer.body.pipeThrough(new TransformStream({ flush() { window.ended++; } })), { headers: answer.headers })
            : answer;
        };
        """;

    [Theory]
    [InlineData("customer")]
    [InlineData("guest")]
    public async Task LineThatNewerOnesHavePutOut_ComesBackWhenItWasAskedTo(string who)
    {
        TestServer.Chromium.Require();
        var session = await JoinedInBrowser.CreateAsync(browser.Desk);
        var first = await browser.OpenAsync();
        await first.Clock.InstallAsync();
        await first.AddInitScriptAsync(CountEnds);
        var lines = 0;
        first.Request += (_, request) => lines += request.Url.EndsWith("/events", StringComparison.Ordinal) ? 1 : 0;
        var address = who == "guest" ? await session.InviteGuestAsync("Katherine") : "/Customer/browser" + session.Query;
        await first.GotoAsync(address);
        await first.Locator(who == "guest" ? "#name" : "[name=Code]").FillAsync(who == "guest" ? "Dr Johnson" : session.Pin);
        await first.Locator("main form button").ClickAsync();
        await Expect(first.Locator("[data-section=waiting]")).ToBeVisibleAsync();

        for (var more = 0; more < Lines; more++)
        {
            var tab = await first.Context.NewPageAsync();
            await tab.RunAndWaitForResponseAsync(() => tab.GotoAsync(address), "**/events");
        }

        await first.WaitForFunctionAsync("() => window.ended === 1");
        // Half a minute, in which the clock goes on by itself.
        await first.Clock.FastForwardAsync(10_000);
        await first.EvaluateAsync("async () => { await (await fetch(location.href)).text(); await new Promise(requestAnimationFrame); }");
        lines.Should().Be(1, "the tabs would put each other out for ever");

        await first.RunAndWaitForRequestAsync(() => first.Clock.FastForwardAsync(25_000), "**/events");
        await session.EndAsync();
    }
}
