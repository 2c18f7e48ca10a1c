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

    // What the console asks for itself may bring the end of an offer before the event does.
    [Theory]
    [InlineData("outgoing", "acceptTransfer", "mobile", 1)]
    [InlineData("outgoing", "acceptTransfer", "carol", 1)]
    [InlineData("incoming", "acceptTransfer", "carol", 0)]
    [InlineData("outgoing", "declineTransfer", "full", 1)]
    public async Task Offer_WhoseEndAnAnswerBringsBeforeItsEvent_IsToldToWhoOffered(string direction, string trigger, string owner, int count)
    {
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();

        await page.EvaluateAsync(
            """
            ([direction, trigger, owner]) => {
              const { live, sessions } = document.querySelector('rescue-sessions').desk;
              const at = '2026-01-01T00:00:00Z';
              const of = (id, version, status, more) => ({ id, version, status, customerName: `${id} of ${trigger}`, permitted: [], createdAt: at, statusSince: at, transfer: null, ...more });
              const tell = (trigger, from, to, session) =>
                live.dispatchEvent(new CustomEvent('session', { detail: { sessionId: session.id, kind: 'transition', trigger, from, to, session } }));
              tell('transfer', 'active', 'transferring', of('offer', 3, 'transferring', { transfer: { direction, at } }));
              const ended = of('offer', 4, 'active', { owner: { id: owner, name: 'Ben Okafor' } });
              sessions.take('offer', { ok: true, status: 200, data: ended, moment: Infinity });
              tell(trigger, 'transferring', 'active', ended);
              tell('ready', 'connecting', 'waiting', of('last', 1, 'waiting'));
            }
            """,
            new[] { direction, trigger, owner });

        await Expect(page.Locator(".toast", new() { HasText = "last of" })).ToHaveCountAsync(1);
        await Expect(page.Locator(".toast", new() { HasText = "offer of" })).ToHaveCountAsync(count);
    }

    // As the standard has it, a notice in the place of another of the same tag makes no sound and shows no banner.
    [Theory]
    [InlineData("two customers", 2)]
    [InlineData("one customer twice", 2)]
    [InlineData("two things of one customer", 2)]
    [InlineData("one thing in two windows", 1)]
    public async Task Notice_OfWhatWasNotToldYet_AlertsByItself(string happened, int alerts)
    {
        var page = await browser.SignInAsync("full");
        await page.AddInitScriptAsync(
            """
            const shown = new Set();
            window.alerts = 0;
            window.Notification = class {
              static permission = 'granted';
              constructor(title, { tag }) {
                window.alerts += tag && shown.has(tag) ? 0 : 1;
                shown.add(tag);
              }
            };
            localStorage.setItem('rescue-sessions.notices', 'on');
            Object.defineProperty(document, 'hidden', { get: () => true });
            """);
        await page.ReloadAsync();
        await page.SettleAsync();

        await page.EvaluateAsync(
            """
            async happened => {
              const { desk } = document.querySelector('rescue-sessions');
              const tell = (id, minute, status = 'waiting', kind = 'transition') => {
                const at = `2026-01-01T00:0${minute}:00Z`;
                const session = { id, version: minute, status, customerName: id, permitted: [], createdAt: at, statusSince: at, createdBy: { id: desk.me.id } };
                const from = kind === 'transition' ? 'connecting' : status;
                desk.dispatchEvent(new CustomEvent('happened', { detail: { sessionId: id, kind, at, from, to: status, session } }));
              };
              if (happened === 'one thing in two windows') {
                const other = document.createElement('rescue-sessions');
                document.body.append(other);
                await other.ready;
              }
              tell('Ada', 1);
              if (happened === 'two customers')
                tell('Grace', 1);
              if (happened === 'one customer twice') {
                tell('Ada', 2, 'active');
                tell('Ada', 3);
              }
              if (happened === 'two things of one customer')
                tell('Ada', 1, 'waiting', 'codeTried');
            }
            """,
            happened);

        (await page.EvaluateAsync<int>("alerts")).Should().Be(alerts);
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
