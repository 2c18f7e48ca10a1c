using System.Net.Http.Json;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>What the details tell of a session beside its customer.</summary>
public class DetailsTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    [Fact]
    public async Task Offer_ToAColleague_NamesThem_WhetherTheyTakeItOrNot()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Offered");
        await browser.Desk.SignInAsync("mobile");
        await ActAsync("full", id, "start");
        await ActAsync("full", id, "transfer", new { to = "mobile" });
        var page = await browser.SignInAsync("full");
        var offer = page.Locator("#details .history li", new() { HasText = "Offered to a colleague" });

        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await Expect(offer).ToContainTextAsync("Ben Okafor");

        await ActAsync("mobile", id, "transfer/decline");
        await Expect(page.Locator("#details [data-action=transfer]")).ToBeVisibleAsync();
        await Expect(offer).ToContainTextAsync("Ben Okafor");
    }

    [Fact]
    public async Task LastSign_OfWhoIsSilent_FollowsTheClock_AndOfWhoIsHeardIsNotTold()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Silent");
        await ActAsync("full", id, "start");
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await Expect(page.Locator("#details .history")).ToContainTextAsync("Started");
        var seen = page.Locator("#details dt:text-is('Last heard from') + dd");
        await Expect(seen).ToHaveCountAsync(0);

        await page.EvaluateAsync(
            """
            id => {
              const { sessions, live, clock } = document.querySelector('rescue-sessions').desk;
              const one = sessions.find(id);
              const lastSeenAt = new Date(clock.now - 58_000).toISOString();
              live.dispatchEvent(new CustomEvent('session', {
                detail: { sessionId: id, kind: 'transition', session: { ...one, status: 'reconnecting', lastSeenAt, version: one.version + 100 } },
              }));
            }
            """,
            id);

        await Expect(seen).ToHaveTextAsync(new Regex(@" · 1 min \d+ s$"));
    }

    private async Task ActAsync(string signIn, string id, string verb, object? body = null)
    {
        var client = await browser.Desk.SignInAsync(signIn);
        using var answer = await client.PostAsJsonAsync($"/rescue/sessions/{id}/{verb}", body ?? new { }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
