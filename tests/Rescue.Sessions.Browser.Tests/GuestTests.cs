using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>A technician, a customer and a guest, each with a browser of their own.</summary>
public sealed class GuestTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string KeepHandOvers = """
        window.handedOver = [];
        document.addEventListener('rescue:handover', event => window.handedOver.push(event.detail.secret));
        """;

    // The beginning is held on its way, and comes however the page has given up its line.
    private const string HoldTheBeginning = """
        const straight = window.fetch;
        const held = new Promise(letGo => window.letGo = letGo);
        window.fetch = async (address, options) => {
          const answer = await straight(address, options);
          if (!`${address}`.endsWith('/events'))
            return answer;
          window.line = options.signal;
          const parts = answer.body.getReader();
          return new Response(new ReadableStream({
            async pull(late) {
              const { done, value } = await parts.read();
              if (done) {
                late.close();
                return;
              }
              if (new TextDecoder().decode(value).includes('"status":"active"')) {
                window.isHeld = true;
                await held;
              }
              late.enqueue(value);
            },
          }), { headers: answer.headers });
        };
        """;

    [Fact]
    public async Task Guest_FromTheConsoleToTheEndOfTheVisit()
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        var customer = await browser.OpenAsync();
        await customer.GotoAsync($"/Customer/browser{session.Query}");
        await session.JoinAsync(customer);
        var console = await browser.SignInAsync("full");
        await console.Locator($"#sessions tr[data-id='{session.Id}']").First.ClickAsync();
        await console.Locator("[data-key=invite-guest]").ClickAsync();
        await console.Locator("#guest-name").FillAsync("Katherine");
        await console.KeepAsync("guest-invite");
        await console.Locator("#guest button[type=submit]").ClickAsync();
        var link = await console.Locator("#guest-link").InputValueAsync();
        await console.KeepAsync("guest-link");
        await console.Locator("#guest [data-close]").ClickAsync();
        await Expect(console.Locator("[data-guest=invited]")).ToContainTextAsync("Katherine");

        var guest = await browser.OpenAsync("en", 360, 740);
        await guest.Context.AddInitScriptAsync(KeepHandOvers);
        await guest.GotoAsync(link);
        await Expect(guest.Locator("main")).ToContainTextAsync("Grace Hopper");
        await guest.KeepAsync("guest-join");
        await guest.ExpectAccessibleAsync("guest-join");
        await guest.ExpectNoSidewaysScrollAsync();
        // A scanner that presses buttons joins nobody.
        await guest.Locator("main form button").ClickAsync();
        await Expect(guest.Locator("#problem-name")).ToBeVisibleAsync();
        await Expect(guest.Locator("#name")).ToHaveAttributeAsync("aria-invalid", "true");
        await guest.Locator("#name").FillAsync("Dr Johnson");
        await guest.Locator("main form button").ClickAsync();
        await Expect(guest.Locator("h1")).ToHaveTextAsync("You take part");
        await Expect(customer.Locator("#guests")).ToContainTextAsync("Dr Johnson");
        await Expect(console.Locator("[data-guest=joined]")).ToContainTextAsync("Dr Johnson");
        await guest.ReloadAsync();
        await Expect(guest.Locator("h1")).ToHaveTextAsync("You take part");

        await session.ActAsync("start");
        await Expect(guest.Locator("h1")).ToHaveTextAsync("Assistance has begun");
        await Expect(guest.Locator("[data-section=active]")).ToContainTextAsync("Grace Hopper");
        await guest.KeepAsync("guest-active");
        await guest.ExpectAccessibleAsync("guest-active");
        await customer.KeepAsync("guest-customer");
        var picture = await session.SessionAsync();
        (await guest.EvaluateAsync<string[]>("window.handedOver")).Should().Equal(picture.GetProperty("guests")[0].GetProperty("handOver").GetProperty("secret").GetString());

        await console.KeepAsync("guest-console");
        await console.Locator("[data-key^='guest-']").ClickAsync();
        await console.Locator("#confirm-yes").ClickAsync();
        await Expect(guest.Locator("h1")).ToHaveTextAsync("Your visit is over");
        await guest.ExpectAccessibleAsync("guest-over", isColoured: false);
        await Expect(customer.Locator("#guests")).ToBeHiddenAsync();
        await Expect(console.Locator("[data-guest=revoked]")).ToBeVisibleAsync();
        await guest.ReloadAsync();
        await Expect(guest.Locator("h1")).ToHaveTextAsync("Your visit is over");
    }

    [Fact]
    public async Task Guest_WhoIsFasterThanTheScript_WaitsForIt()
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        var guest = await browser.OpenAsync();
        var script = new TaskCompletionSource();
        await guest.RouteAsync("**/guest.js", async route =>
        {
            await script.Task;
            await route.ContinueAsync();
        });
        await guest.GotoAsync(await session.InviteGuestAsync("Katherine"), new() { WaitUntil = WaitUntilState.Commit });
        await guest.Locator("#name").FillAsync("Dr Johnson");
        await guest.Locator("#name").PressAsync("Enter");
        await Expect(guest.Locator("main form button")).ToBeDisabledAsync();

        script.SetResult();
        await guest.Locator("main form button").ClickAsync();
        await Expect(guest.Locator("h1")).ToHaveTextAsync("You take part");
        await session.EndAsync();
    }

    [Fact]
    public async Task Guest_WithTwoTabs_TakesPartInBoth_AndAfterAReload()
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        var guest = await browser.OpenAsync();
        var link = await session.InviteGuestAsync("Katherine");
        await guest.GotoAsync(link);
        var other = await guest.Context.NewPageAsync();
        await other.GotoAsync(link);
        await JoinAsync(guest);

        await JoinAsync(other);

        await guest.ReloadAsync();
        await Expect(guest.Locator("h1")).ToHaveTextAsync("You take part");
        await Expect(other.Locator("h1")).ToHaveTextAsync("You take part");
        await session.EndAsync();
    }

    [Fact]
    public async Task Guest_WhoHasJoinedAgainInAnotherTab_LeavesFromTheFirst()
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        var guest = await browser.OpenAsync();
        await guest.GotoAsync(await session.InviteGuestAsync("Katherine"));
        await JoinAsync(guest);
        // The first tab's line is not there to tell it.
        await guest.RouteAsync("**/events", route => route.AbortAsync());
        await guest.EvaluateAsync(
            """
            async () => {
              const { applet, token } = document.querySelector('main').dataset;
              const name = Object.keys(localStorage).find(key => key.startsWith('rescue.guest.'));
              const place = JSON.parse(localStorage.getItem(name));
              const answer = await fetch(`${applet}/join`, {
                method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token, name: 'Dr Johnson', instance: place.instance }),
              });
              localStorage.setItem(name, JSON.stringify({ ...place, key: (await answer.json()).guestKey }));
            }
            """);

        await guest.Locator("#leave").ClickAsync();

        await Expect(guest.Locator("main")).ToHaveAttributeAsync("data-end", "left");
        (await session.SessionAsync()).GetProperty("guests")[0].GetProperty("state").GetString().Should().Be("left");
        await session.EndAsync();
    }

    [Fact]
    public async Task Guest_WhoTapsAgainBeforeThePageHasChanged_JoinsOnce()
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        var guest = await browser.OpenAsync();
        var joins = 0;
        guest.Request += (_, request) => joins += request.Url.EndsWith("/join", StringComparison.Ordinal) ? 1 : 0;
        // One route for both times: the end of one that is met once may overtake the beginning of the next.
        var (asked, line) = (new TaskCompletionSource(), new TaskCompletionSource());
        await guest.RouteAsync("**/events", async route =>
        {
            var mended = line.Task;
            asked.TrySetResult();
            await mended;
            await route.ContinueAsync();
        });
        await guest.GotoAsync(await session.InviteGuestAsync("Katherine"));
        await guest.Locator("#name").FillAsync("Dr Johnson");
        var button = guest.Locator("main form button");
        await button.ClickAsync();
        await asked.Task.WaitAsync(Chromium.Patience, TestContext.Current.CancellationToken);

        await button.DispatchEventAsync("click");
        await guest.Locator("#name").PressAsync("Enter");
        line.SetResult();
        await Expect(guest.Locator("h1")).ToHaveTextAsync("You take part");

        // A page that goes on where it was shows the form until its line is there.
        (asked, line) = (new(), new());
        await guest.ReloadAsync();
        await asked.Task.WaitAsync(Chromium.Patience, TestContext.Current.CancellationToken);
        await guest.Locator("#name").FillAsync("Dr Johnson");
        await button.DispatchEventAsync("click");
        await guest.Locator("#name").PressAsync("Enter");
        line.SetResult();
        await Expect(guest.Locator("h1")).ToHaveTextAsync("You take part");
        joins.Should().Be(1);
        await session.EndAsync();
    }

    [Fact]
    public async Task Guest_WhoLeavesWithoutALine_IsToldSo_AndLeavesLater()
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        var guest = await browser.OpenAsync();
        await guest.GotoAsync(await session.InviteGuestAsync("Katherine"));
        await JoinAsync(guest);
        await guest.Context.SetOfflineAsync(true);
        await guest.Locator("#leave").ClickAsync();
        await Expect(guest.Locator("#unheard")).ToBeVisibleAsync();
        await Expect(guest.Locator("#unheard")).ToHaveTextAsync("The support service cannot be reached. Please check your connection and press the button again.");
        await guest.ExpectAccessibleAsync("guest-unheard");
        await guest.KeepAsync("guest-unheard");

        await guest.Context.SetOfflineAsync(false);
        await guest.Locator("#leave").ClickAsync();

        await Expect(guest.Locator("h1")).ToHaveTextAsync("Your visit is over");
        await Expect(guest.Locator("#unheard")).ToBeHiddenAsync();
        (await session.SessionAsync()).GetProperty("guests")[0].GetProperty("state").GetString().Should().Be("left");
        await session.EndAsync();
    }

    [Fact]
    public async Task Guest_WhoLeavesAsAssistanceBegins_IsNotBroughtBack()
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        var customer = await browser.OpenAsync();
        await customer.GotoAsync($"/Customer/browser{session.Query}");
        await session.JoinAsync(customer);
        var guest = await browser.OpenAsync();
        await guest.AddInitScriptAsync(KeepHandOvers + HoldTheBeginning);
        await guest.GotoAsync(await session.InviteGuestAsync("Katherine"));
        await JoinAsync(guest);
        await session.ActAsync("start");
        await guest.WaitForFunctionAsync("() => window.isHeld");
        await guest.Locator("#leave").ClickAsync();
        await Expect(guest.Locator("main")).ToHaveAttributeAsync("data-end", "left");

        await guest.EvaluateAsync("async () => { letGo(); await (await fetch(location.href)).text(); await new Promise(requestAnimationFrame); }");

        await Expect(guest.Locator("main")).ToHaveAttributeAsync("data-status", "over");
        await Expect(guest.Locator("h1")).ToHaveTextAsync("Your visit is over");
        (await guest.EvaluateAsync<string[]>("window.handedOver")).Should().BeEmpty();
        (await guest.EvaluateAsync<bool>("window.line.aborted")).Should().BeTrue("nobody listens any more");
        await session.EndAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Customer_WhoLeaves_IsNoLongerToldWhoTakesPart(bool isHeard)
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        var customer = await browser.OpenAsync();
        await customer.GotoAsync($"/Customer/browser{session.Query}");
        await session.JoinAsync(customer);
        var guest = await browser.OpenAsync();
        await session.BringGuestAsync(guest, "Dr Johnson");
        await Expect(customer.Locator("#guests")).ToContainTextAsync("Dr Johnson");
        // The line tells the end too, where the service hears of it.
        await customer.RouteAsync("**/leave", route => route.FulfillAsync(isHeard
            ? new() { ContentType = "application/json", Body = """{"status":"closed","endReason":"byCustomer"}""" }
            : new() { Status = 502 }));

        await customer.Locator("[data-do=leave]").ClickAsync();
        await customer.Locator("[data-do=leave-now]").ClickAsync();

        await Expect(customer.Locator("[data-ends~=byCustomer]")).ToBeVisibleAsync();
        await Expect(customer.Locator("#guests")).ToBeHiddenAsync();
        await session.EndAsync();
    }

    private static async Task JoinAsync(IPage guest)
    {
        await guest.Locator("#name").FillAsync("Dr Johnson");
        await guest.Locator("main form button").ClickAsync();
        await Expect(guest.Locator("h1")).ToHaveTextAsync("You take part");
    }
}
