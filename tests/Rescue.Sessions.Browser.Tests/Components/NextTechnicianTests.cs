using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>What a console that stands open shows once somebody else is signed in, or has other rights: theirs alone.</summary>
public class NextTechnicianTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    private const string Return = "() => document.querySelector('rescue-sessions').desk.live.dispatchEvent(new CustomEvent('return', { detail: { isFirst: false } }))";

    [Theory]
    [InlineData("globex", false)]
    [InlineData("mobile", true)]
    public async Task SignedIn_InTheSamePage_SeesNothingOfTheOneBefore(string next, bool isColleague)
    {
        var (page, id) = await HelpAsync($"Before {next} in a page");
        await Expect(page.Locator("#active")).ToContainTextAsync($"Before {next}");
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await Expect(page.Locator("#details-title")).ToBeVisibleAsync();

        // As an app of one page does at its sign-out and sign-in.
        await page.EvaluateAsync("() => { globalThis.removed = document.querySelector('rescue-sessions'); globalThis.place = removed.parentNode; removed.remove(); }");
        await SignInAsync(page, next);
        var kept = await page.EvaluateAsync<string>(
            """
            async id => {
              removed.removeAttribute('session');
              location.hash = '';
              place.append(removed);
              const { sessions } = removed.desk;
              const kept = JSON.stringify(sessions.all);
              await removed.ready;
              return kept;
            }
            """,
            id);

        kept.Should().Be("[]");
        await ExpectOwnAsync(page, id, next, isColleague);
    }

    [Theory]
    [InlineData("globex", false)]
    [InlineData("mobile", true)]
    public async Task SignedIn_InAnotherTab_SeesNothingOfTheOneBefore(string next, bool isColleague)
    {
        var (page, id) = await HelpAsync($"Before {next} in a tab");
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await page.WaitForFunctionAsync("() => told.length === 1");
        await SignInAsync(page, next);

        // The server ends the line of who was signed in, and the browser opens it as whoever is.
        await page.EvaluateAsync(Return);

        await ExpectOwnAsync(page, id, next, isColleague);
        if (isColleague)
            await Expect(page.Locator("#details-title")).ToBeVisibleAsync();
        else
            await Expect(page.Locator("#details-title")).ToHaveCountAsync(0);
        (await page.EvaluateAsync<string?>("id => document.querySelector('rescue-sessions').desk.sessions.find(id)?.handOver?.secret ?? null", id)).Should().BeNull();
        (await page.EvaluateAsync<int>("told.length")).Should().Be(1, "it was handed to its technician alone");
    }

    [Fact]
    public async Task SignedOut_SeesNothingUntilSignedInAgain()
    {
        const string Name = "Before the sign-out";
        var (page, id) = await HelpAsync(Name);
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await page.WaitForFunctionAsync("() => told.length === 1");
        await page.EvaluateAsync("() => addEventListener('rescue-signed-out', event => event.preventDefault())");
        await page.RouteAsync("**/rescue/**", route => route.FulfillAsync(new() { Status = 401 }));

        await page.EvaluateAsync("() => document.querySelector('rescue-sessions').desk.service.get('/presence')");

        await Expect(page.Locator("#list-problem")).ToHaveTextAsync("You are signed out.");
        await Expect(page.Locator("tr[data-id]")).ToHaveCountAsync(0);
        await Expect(page.Locator("#details-title")).ToHaveCountAsync(0);
        await Expect(page.Locator("#details .close")).ToHaveCountAsync(1);
        await Expect(page.Locator("#active")).ToBeHiddenAsync();

        await page.UnrouteAllAsync();
        await page.EvaluateAsync(Return);
        await Expect(page.Locator("#details-title")).ToHaveTextAsync(Name);
        await Expect(page.Locator("#active")).ToContainTextAsync(Name);
        await Expect(page.Locator("#live")).ToHaveAttributeAsync("data-state", "live");
        (await page.EvaluateAsync<int>("told.length")).Should().Be(1, "remote control goes on with what it was handed");
    }

    [Fact]
    public async Task SignedOut_WithACodeOnTheScreen_ShowsItNoMore()
    {
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        await page.EvaluateAsync("() => addEventListener('rescue-signed-out', event => event.preventDefault())");
        await page.Locator("#new-session").ClickAsync();
        await page.Locator("#customer-name").FillAsync("Before a sign-out");
        await page.Locator("#tab-pin").ClickAsync();
        await page.Locator("#create-submit").ClickAsync();
        await Expect(page.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
        await page.RouteAsync("**/rescue/**", route => route.FulfillAsync(new() { Status = 401 }));

        await page.EvaluateAsync("() => document.querySelector('rescue-sessions').desk.service.get('/presence')");

        await Expect(page.Locator("#create")).ToBeHiddenAsync();
        await Expect(page.Locator("#created-pin")).ToBeEmptyAsync();
        await Expect(page.Locator("#created-link")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Rights_ChangedByAnAdministrator_AreHintedAtWithoutAReload()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "A colleague's", "mobile");
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        var start = page.Locator($"tr[data-id='{id}'] [data-action=start]");
        await Expect(start).Not.ToHaveAttributeAsync("title", new Regex("."));
        await page.Locator("#new-session").ClickAsync();
        await page.Locator("#customer-name").FillAsync("Half written");
        await page.Locator("#tab-pin").ClickAsync();
        await page.RouteAsync(new Regex("/rescue/me$"), async route =>
        {
            var answer = await route.FetchAsync();
            var me = JsonNode.Parse(await answer.TextAsync())!.AsObject();
            me["rights"] = new JsonArray("emailConnection");
            await route.FulfillAsync(new() { Response = answer, Body = me.ToJsonString() });
        });

        await page.EvaluateAsync(Return);

        await Expect(page.Locator("#panel-pin [data-right=pinConnection]")).ToHaveTextAsync("Your group does not have this right: PIN codes.");
        await Expect(page.Locator("#customer-name")).ToHaveValueAsync("Half written");
        await Expect(start).ToHaveAttributeAsync("title", new Regex("^Your group does not have this right"));
    }

    // What the first technician helps with, and their console.
    private async Task<(IPage Page, string Id)> HelpAsync(string name)
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, name);
        using var full = await browser.Desk.SignInAsync("full");
        using var started = await full.PostAsJsonAsync($"/rescue/sessions/{id}/start", new { }, TestContext.Current.CancellationToken);
        started.EnsureSuccessStatusCode();
        var page = await browser.SignInAsync("full");
        await page.EvaluateAsync("() => { globalThis.told = []; addEventListener('rescue-handover', ({ detail }) => told.push(detail.secret)); }");
        await page.SettleAsync();
        await Expect(page.Locator($"tr[data-id='{id}']")).ToBeVisibleAsync();
        return (page, id);
    }

    private static async Task SignInAsync(IPage page, string technician)
    {
        var form = page.APIRequest.CreateFormData();
        form.Set("technician", technician);
        await page.APIRequest.PostAsync("/signin", new() { Form = form, MaxRedirects = 0 });
    }

    private static async Task ExpectOwnAsync(IPage page, string id, string technician, bool isColleague)
    {
        await page.WaitForFunctionAsync("id => document.querySelector('rescue-sessions').desk.me.id === id", technician);
        if (isColleague)
            await Expect(page.Locator($"#section-others tr[data-id='{id}']")).ToBeVisibleAsync();
        else
            await Expect(page.Locator($"tr[data-id='{id}']")).ToHaveCountAsync(0);
        await Expect(page.Locator($"#active [data-id='{id}']")).ToHaveCountAsync(0);
        // Every list has been answered: what comes then is not theirs either.
        await page.SettleAsync();
        (await page.EvaluateAsync<JsonElement>("id => document.querySelector('rescue-sessions').desk.sessions.find(id) ?? null", id)).ValueKind
            .Should().Be(isColleague ? JsonValueKind.Object : JsonValueKind.Null);
    }
}
