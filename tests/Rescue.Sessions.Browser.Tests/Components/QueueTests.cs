using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rescue.Sessions.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>The queue, where one is in it, and how the line is.</summary>
public class QueueTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    private const int MostTrips = 3;

    // A browser holds six connections to one host.
    private const int MostAtOnce = 6;

    [Fact]
    public async Task Queue_ShowsWhoHasWaitedLongestFirst_ByWhoseTheyAre()
    {
        await using var desk = await RunningHelpDesk.StartAsync(("Rescue__Timeouts__Silence", "01:00:00"));
        var page = await browser.SignInAsync("full", desk: desk);
        await Expect(page.Locator("#empty ol li")).ToHaveCountAsync(3);
        await page.KeepAsync("queue-first-run");
        foreach (var name in (string[])["First", "Second", "Third"])
            await WaitingCustomer.ArriveAsync(desk, name);
        await JoinedInBrowser.CreateAsync(desk, "full");
        var theirs = await WaitingCustomer.ArriveAsync(desk, "Colleague’s", "mobile");
        using var started = await (await desk.SignInAsync("mobile")).PostAsync($"/rescue/sessions/{theirs}/start", null, TestContext.Current.CancellationToken);
        started.EnsureSuccessStatusCode();

        await Expect(page.Locator("#section-waiting tr[data-id] .row-name")).ToHaveTextAsync(["First", "Second", "Third"]);
        await Expect(page.Locator("#section-waiting .count")).ToHaveTextAsync("3");
        await Expect(page.Locator("#section-connecting .row-name")).ToHaveTextAsync(["Grace Hopper"]);
        await Expect(page.Locator("#section-others .row-name")).ToHaveTextAsync(["Colleague’s"]);
        await page.Locator("#section-waiting tr", new() { HasText = "Second" }).Locator("[data-action=start]").ClickAsync();
        await Expect(page.Locator("#section-mine .row-name")).ToHaveTextAsync(["Second"]);
        await Expect(page).ToHaveTitleAsync(new Regex(@"^\(2\) "));

        // Starting from a row leaves no other session's details open.
        await page.Locator(".row-name", new() { HasText = "First" }).ClickAsync();
        await Expect(page.Locator("#details-title")).ToHaveTextAsync("First");
        await page.Locator("#section-waiting tr", new() { HasText = "Third" }).Locator("[data-action=start]").ClickAsync();
        await Expect(page.Locator("#details-title")).ToHaveTextAsync("Third");

        // Tabs stay where they are, whatever happens to their session.
        await Expect(page.Locator("#active button .tab-name")).ToHaveTextAsync(["Second", "Third"]);
        await page.Locator("#active button", new() { HasText = "Second" }).ClickAsync();
        await page.Locator("#details [data-action=hold]").ClickAsync();
        await Expect(page.Locator("#active button")).ToHaveCountAsync(1);
        await page.Locator("#details [data-action=resume]").ClickAsync();
        await Expect(page.Locator("#active button .tab-name")).ToHaveTextAsync(["Second", "Third"]);
        await page.KeepAsync("queue");
    }

    [Fact]
    public async Task FirstList_StandsAfterThreeRoundTripsAndSixtyKilobytes()
    {
        // Of its own, for thirty are meant and no more.
        await using var desk = await RunningHelpDesk.StartAsync();
        var technician = await desk.SignInAsync("full");
        for (var number = 1; number < 30; number++)
            (await technician.PostAsJsonAsync("/rescue/sessions", new { customerName = $"Customer {number}", reference = $"T-{number}" }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var session = await JoinedInBrowser.CreateAsync(desk, "full", reference: "T-42");
        var page = await browser.SignInAsync("full", desk: desk);
        var row = page.Locator($"tr[data-id='{session.Id}']");
        var trips = await RoundTrips.OfAsync(page, "/", row);
        // A machine that others use, too, tears apart what goes together, and never joins what does not: the least is the nearest.
        for (var patience = 2; patience <= 16 && trips.Count > MostTrips; patience *= 2)
        {
            var again = await RoundTrips.OfAsync(page, "/", row, patience);
            if (again.Count < trips.Count)
                trips = again;
        }

        await Expect(row).ToBeVisibleAsync();
        trips.Should().HaveCountLessThanOrEqualTo(MostTrips, string.Join(" | ", trips.Select(trip => string.Join(" ", trip.Select(request => request.Url)))));
        trips.Should().OnlyContain(trip => trip.Count <= MostAtOnce);
        var sizes = await Task.WhenAll(trips.SelectMany(trip => trip).Select(request => request.SizeAsync()));
        TestContext.Current.TestOutputHelper?.WriteLine($"{trips.Count} round trips, {sizes.Length} requests, {sizes.Sum()} bytes");
        sizes.Sum().Should().BeLessThanOrEqualTo(60 * 1024);
    }

    [Fact]
    public async Task Address_SaysWhereOneIs_AndLeadsBackThere()
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        var page = await browser.SignInAsync("full");
        await page.GotoAsync($"/#session={session.Id}");
        await Expect(page.Locator("#details-title")).ToHaveTextAsync("Grace Hopper");
        await page.Locator("#details .close").ClickAsync();
        page.Url.Should().NotContain("session=");

        await page.Locator("#search").FillAsync("nobody of this name");
        await Expect(page.Locator("#empty")).ToContainTextAsync("No session matches “nobody of this name”");
        page.Url.Should().Contain("search=nobody");
        await page.ReloadAsync();
        await Expect(page.Locator("#search")).ToHaveValueAsync("nobody of this name");
        await page.Locator("#clear").ClickAsync();
        await page.ExpectFocusAsync("search");
        await page.Locator($"tr[data-id='{session.Id}'] .row-name").ClickAsync();
        page.Url.Should().EndWith($"#session={session.Id}");
        await page.GoBackAsync();
        await Expect(page.Locator("#details-title")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Live_SilentForHalfAMinute_SaysSinceWhen()
    {
        var page = await browser.OpenAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync("/signin");
        await page.Locator("button[name=technician][value=full]").ClickAsync();
        await Expect(page.Locator("#live")).ToHaveAttributeAsync("data-state", "live");

        await page.RouteAsync("**/rescue/sessions/events", route => Task.CompletedTask);
        await page.Clock.FastForwardAsync("00:31");

        await Expect(page.Locator("#live")).ToHaveTextAsync(new Regex(@"^Not live since \d"));
        await page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await page.Clock.FastForwardAsync("00:31");
        await Expect(page.Locator("#live")).ToHaveTextAsync("Live");
    }

    [Theory]
    [InlineData("""{"code":"capacity","capacity":10,"sessionStatus":"waiting"}""", "You hold as many active sessions as you may: 10.", "Vous avez autant de sessions actives que possible : 10.")]
    [InlineData("""{"code":"unavailable","presence":"away","sessionStatus":"active"}""", "is away and takes no sessions", "est absent")]
    [InlineData("""{"code":"notPermitted","endReason":"declined","sessionStatus":"closed"}""", "The session is over: the customer declined", "terminée : le client a refusé")]
    [InlineData("""{"code":"notPermitted","sessionStatus":"onHold"}""", "The session is: On hold", "En pause")]
    [InlineData("""{"code":"codeUnreadable","detail":"It was sealed"}""", "Make a new session", "Créez une nouvelle session")]
    [InlineData("""{"code":"newerThanThisPage","detail":"Something else."}""", "Something else.", "Something else.")]
    public async Task Refusal_IsExplained(string problem, string english, string french)
    {
        foreach (var (language, text) in ((string, string)[])[("en", english), ("fr", french)])
        {
            var session = await WaitingCustomer.ArriveAsync(browser.Desk, "Refused");
            var page = await browser.SignInAsync("full", language);
            await page.RouteAsync("**/start", route => route.FulfillAsync(new() { Status = 409, ContentType = "application/problem+json", Body = problem }));
            await page.Locator($"tr[data-id='{session}'] [data-action=start]").ClickAsync();
            await page.ExpectToastAsync(text);
        }
    }

    [Fact]
    public async Task Draft_SentAgain_OpensAgain()
    {
        var page = await browser.SignInAsync("own-client");
        await page.Locator("#new-session").ClickAsync();
        await page.Locator("#customer-name").FillAsync("Draft again");
        await page.Locator("#create-submit").ClickAsync();
        await page.Locator("#created .primary[data-close]").ClickAsync();
        await page.Locator("#sessions .row-name", new() { HasText = "Draft again" }).ClickAsync();
        await Expect(page.Locator("#details [data-action=resend]")).ToHaveTextAsync("Open the draft again");

        await page.Locator("#details [data-action=resend]").ClickAsync();

        await page.ExpectToastAsync("A draft for Draft again is ready");
        await page.EvaluateAsync("() => { globalThis.revoked = []; URL.revokeObjectURL = address => revoked.push(address); }");
        var saved = await page.RunAndWaitForDownloadAsync(() => page.Locator(".toast", new() { HasText = "A draft for" }).GetByRole(AriaRole.Button).First.ClickAsync());
        saved.SuggestedFilename.Should().Be("invitation.eml");
        // A browser may read it only now.
        (await page.EvaluateAsync<int>("revoked.length")).Should().Be(0);
    }

    [Fact]
    public async Task Start_PressedByTwoAtOnce_OneWins_AndTheOtherIsToldWho()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Wanted by two");
        (IPage Page, string Id, string Name)[] technicians = [(await browser.SignInAsync("full"), "full", "Alice Martin"), (await browser.SignInAsync("mobile"), "mobile", "Ben Okafor")];
        var bothPressed = new TaskCompletionSource();
        var pressed = 0;
        foreach (var (page, _, _) in technicians)
        {
            await page.RouteAsync($"**/sessions/{id}/start", async route =>
            {
                if (Interlocked.Increment(ref pressed) == technicians.Length)
                    bothPressed.SetResult();
                await bothPressed.Task;
                await route.ContinueAsync();
            });
        }

        await Task.WhenAll(technicians.Select(technician => technician.Page.Locator($"tr[data-id='{id}'] [data-action=start]").ClickAsync()));

        await Expect(technicians[0].Page.Locator($"tr[data-id='{id}']")).ToHaveAttributeAsync("data-status", "active");
        var client = await browser.Desk.SignInAsync("full");
        var session = await client.GetFromJsonAsync<JsonElement>($"/rescue/sessions/{id}", TestContext.Current.CancellationToken);
        var winner = technicians.Single(technician => technician.Id == session.GetProperty("owner").GetProperty("id").GetString());
        var loser = technicians.Single(technician => technician != winner);
        await loser.Page.ExpectToastAsync($"{winner.Name} was faster");
        await Expect(winner.Page.Locator($"#section-mine tr[data-id='{id}']")).ToBeVisibleAsync();
        await Expect(loser.Page.Locator($"#section-others tr[data-id='{id}'] [data-action=start]")).ToHaveCountAsync(0);
        (await loser.Page.FocusedAsync()).Should().NotBe("nothing");
    }

    [Fact]
    public async Task SoundAndNotices_AreByChoice_AndRemembered()
    {
        var page = await browser.SignInAsync("full");
        await page.AddInitScriptAsync(
            """
            window.rung = 0;
            window.asked = 0;
            window.noticed = [];
            window.AudioContext = class extends AudioContext { constructor() { super(); window.rung++; } };
            window.Notification = class {
              static get permission() { return localStorage.getItem('permission') ?? 'default'; }
              static async requestPermission() {
                localStorage.setItem('permission', window.asked++ === 0 ? 'denied' : 'granted');
                return this.permission;
              }
              constructor(title, { body }) { window.noticed.push(body); }
            };
            Object.defineProperty(document, 'hidden', { get: () => true });
            """);
        await page.ReloadAsync();
        var sound = page.Locator("[data-alert=sound]");
        var notices = page.Locator("[data-alert=notices]");
        await page.Locator("#live[data-state=live]").WaitForAsync();
        await WaitingCustomer.ArriveAsync(browser.Desk, "Unheard");
        await page.ExpectToastAsync("Unheard");
        (await HeardAsync()).Should().Be("""[0,0,[]]""", "nothing was chosen");

        await notices.ClickAsync();
        await page.ExpectToastAsync("The browser does not allow it.");
        await Expect(notices).ToHaveAttributeAsync("aria-pressed", "false");
        await notices.ClickAsync();
        await Expect(notices).ToHaveAttributeAsync("aria-pressed", "true");
        await sound.ClickAsync();
        (await HeardAsync()).Should().Be("""[1,2,[]]""", "what was chosen can be heard at once");

        await page.ReloadAsync();
        await Expect(sound).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(notices).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Locator("#live[data-state=live]").WaitForAsync();
        await WaitingCustomer.ArriveAsync(browser.Desk, "Heard");
        await page.ExpectToastAsync("Heard");
        (await HeardAsync()).Should().MatchRegex("""^\[1,0,\["Heard [^"]+"\]\]$""");

        // Taken back in the browser's own settings, it does not look as if it held.
        await sound.ClickAsync();
        await page.EvaluateAsync("() => localStorage.setItem('permission', 'denied')");
        await page.ReloadAsync();
        await Expect(sound).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(notices).ToHaveAttributeAsync("aria-pressed", "false");

        Task<string> HeardAsync() => page.EvaluateAsync<string>("() => JSON.stringify([window.rung, window.asked, window.noticed])");
    }

    [Fact]
    public async Task WithoutScript_SaysWhatIsNeeded()
    {
        var page = await browser.OpenAsync("fr", runsScripts: false);
        await page.GotoAsync("/signin");
        await page.Locator("button[name=technician][value=admin]").ClickAsync();

        await Expect(page.Locator("rescue-sessions noscript p")).ToContainTextAsync("JavaScript");
        await page.GotoAsync("/settings");
        await Expect(page.Locator("rescue-settings noscript p")).ToContainTextAsync("JavaScript");
    }
}
