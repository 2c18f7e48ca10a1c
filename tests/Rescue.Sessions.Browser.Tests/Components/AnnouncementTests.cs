using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>What the console says of itself while its technician does something else.</summary>
public class AnnouncementTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    [Theory]
    [InlineData("accept", "en", "Ben Okafor has taken over the session with Ada of en-accept.")]
    [InlineData("accept", "fr", "Ben Okafor a repris la session avec Ada of fr-accept.")]
    [InlineData("decline", "en", "Your colleague declined the session with Ada of en-decline.")]
    [InlineData("decline", "nl", "Uw collega heeft de sessie met Ada of nl-decline afgewezen.")]
    public async Task Offer_Answered_TellsWhoOffered(string answer, string language, string said)
    {
        var name = $"Ada of {language}-{answer}";
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, name);
        var colleague = await browser.Desk.SignInAsync("mobile");
        using var seen = await colleague.GetAsync("/rescue/me", TestContext.Current.CancellationToken);
        var page = await browser.SignInAsync("full", language);
        await page.Locator($"tr[data-id='{id}'] [data-action=start]").ClickAsync();
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await Expect(page.Locator("#details [data-action=hold]")).ToBeVisibleAsync();
        await page.Locator("#details [data-action=transfer]").ClickAsync();
        await page.Locator("#transfer input[value=mobile]").CheckAsync();
        await page.Locator("#transfer .primary").ClickAsync();
        await Expect(page.Locator(".toasts > *", new() { HasText = "Ben Okafor" })).ToHaveCountAsync(1);
        // The line has told the offer, and what was asked for then is here: no answer brings what comes of it before its event.
        await Expect(page.Locator("#details .history li").First).ToContainTextAsync("Ben Okafor");

        using var answered = await colleague.PostAsJsonAsync($"/rescue/sessions/{id}/transfer/{answer}", new { }, TestContext.Current.CancellationToken);

        answered.EnsureSuccessStatusCode();
        await Expect(page.Locator(".toasts > *", new() { HasText = said })).ToHaveCountAsync(1);
    }

    // Several changes may come with the same session: the event says which of them it tells of.
    [Fact]
    public async Task Waiting_EventsThatShareASession_SayItOnce()
    {
        var page = await HearAsync(Event("join", "connecting", "connecting", "waiting"), Event("ready", "connecting", "waiting", "waiting"));

        await Expect(page.Locator(".toasts > *", new() { HasText = "Ada is waiting." })).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("outgoing", 1)]
    [InlineData("incoming", 0)]
    public async Task Offer_Unanswered_TellsWhoOffered(string direction, int count)
    {
        var page = await HearAsync(
            Event("offerTransfer", "active", "transferring", "transferring", $$""","transfer":{"to":"mobile","direction":"{{direction}}","at":"2026-01-01T00:00:00Z"}"""),
            Event("transferTimeOut", "transferring", "active", "active"),
            Event("ready", "connecting", "waiting", "waiting"));

        await Expect(page.Locator(".toasts > *", new() { HasText = "Ada is waiting." })).ToHaveCountAsync(1);
        await Expect(page.Locator(".toasts > *", new() { HasText = "Nobody answered the offer of the session with Ada." })).ToHaveCountAsync(count);
    }

    // A proxy whose nodes are all away answers for them.
    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task NoNodeBehindTheProxy_SaysThatTheServerCannotBeReached(int status)
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, $"Ada before {status}");
        var page = await browser.SignInAsync("full");
        await page.RouteAsync(new Regex("/start$"), route => route.FulfillAsync(new() { Status = status, ContentType = "text/html", Body = "<h1>Bad gateway</h1>" }));

        await page.Locator($"tr[data-id='{id}'] [data-action=start]").ClickAsync();

        await Expect(page.Locator(".toasts")).ToContainTextAsync("The server cannot be reached. Nothing is lost: try again.");
    }

    // What the stream of a technician's console brings.
    private async Task<IPage> HearAsync(params string[] events)
    {
        var page = await browser.SignInAsync("full");
        await page.RouteAsync(
            new Regex("/rescue/sessions/events$"),
            route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = $"retry: 600000\n\n{string.Concat(events)}" }));
        await page.ReloadAsync();
        return page;
    }

    private static string Event(string trigger, string from, string to, string status, string more = "")
    {
        var id = new string('a', 32);
        var session = $$"""{"id":"{{id}}","status":"{{status}}","customerName":"Ada","version":3,"permitted":[],"createdAt":"2026-01-01T00:00:00Z","statusSince":"2026-01-01T00:00:00Z"{{more}}}""";
        return $$"""event: session{{"\n"}}data: {"sessionId":"{{id}}","kind":"transition","trigger":"{{trigger}}","from":"{{from}}","to":"{{to}}","detail":null,"session":{{session}}}{{"\n\n"}}""";
    }
}
