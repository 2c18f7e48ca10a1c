using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>What a page asks for before the first list stands: counted in waves, each of which waits for the one before, as on a slow line.</summary>
public class SpeedTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int MostWaves = 3;

    // A browser holds six connections to one host.
    private const int MostInOneWave = 6;

    [Fact]
    public async Task Console_FirstList_StandsAfterThreeRoundTripsAndSixtyKilobytes()
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        var page = await browser.SignInAsync("full");
        var waves = new List<List<IRoute>>();
        var gathered = new List<IRoute>();
        await page.GotoAsync("about:blank");
        await page.RouteAsync("**", route =>
        {
            // The line that brings events, and what nobody waits for, are not on the way.
            if (route.Request.Url.EndsWith("/events", StringComparison.Ordinal) || route.Request.Url.EndsWith(".svg", StringComparison.Ordinal))
                return route.ContinueAsync();
            lock (gathered)
                gathered.Add(route);
            return Task.CompletedTask;
        });
        var opening = page.GotoAsync("/");
        var row = page.Locator($"tr[data-id='{session.Id}']");
        while (!await row.IsVisibleAsync() && waves.Count <= MostWaves)
        {
            // A wave is whole once nothing has been added to it for a while.
            await page.WaitForTimeoutAsync(400);
            List<IRoute> wave;
            lock (gathered)
            {
                wave = [.. gathered];
                gathered.Clear();
            }

            if (wave.Count == 0)
                continue;
            waves.Add(wave);
            await Task.WhenAll(wave.Select(route => route.ContinueAsync()));
            await page.WaitForTimeoutAsync(400);
        }

        await Expect(row).ToBeVisibleAsync();
        waves.Should().HaveCountLessThanOrEqualTo(MostWaves, string.Join(" | ", waves.Select(wave => string.Join(" ", wave.Select(route => route.Request.Url)))));
        waves.Should().OnlyContain(wave => wave.Count <= MostInOneWave);
        var sizes = await Task.WhenAll(waves.SelectMany(wave => wave).Select(async route => (await route.Request.SizesAsync()).ResponseBodySize));
        sizes.Sum().Should().BeLessThanOrEqualTo(60 * 1024);
        TestContext.Current.TestOutputHelper?.WriteLine($"{waves.Count} waves, {sizes.Length} requests, {sizes.Sum()} bytes");
        await page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        lock (gathered)
            gathered.Clear();
    }
}
