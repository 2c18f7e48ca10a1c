using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rescue.Sessions.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>An answer that something newer has overtaken on its way changes nothing any more.</summary>
public partial class OvertakenTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    // Three lanes of the queue, and the sessions that have tabs.
    private const int AnswersOfAll = 4;

    [Fact]
    public async Task Details_AnswerFromBeforeTheStart_IsNotShown()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Overtaken");
        var page = await browser.SignInAsync("full");
        await page.Locator("#live[data-state=live]").WaitForAsync();
        var held = await HeldAnswers.OfAsync(page, new($"/rescue/sessions/{id}$"));
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await held.OnTheirWayAsync();
        await ActAsync("full", $"/rescue/sessions/{id}/start");
        await Expect(page.Locator("#details [data-action=hold]")).ToBeVisibleAsync();
        await Expect(page.Locator("#details .history")).ToContainTextAsync("Started");

        await held.ArriveAsync();

        await Expect(page.Locator("#details .chip").First).ToHaveAttributeAsync("data-status", "active");
        await Expect(page.Locator("#details [data-action=hold]")).ToBeVisibleAsync();
        await Expect(page.Locator("#details .history")).ToContainTextAsync("Started");
    }

    [Theory]
    [InlineData("started", "active")]
    [InlineData("made", "waiting")]
    [InlineData("taken away", null)]
    public async Task List_AnswersFromBeforeAnEvent_DoNotUndoWhatItTold(string happened, string? status)
    {
        var name = $"Meanwhile {happened}";
        var id = happened == "made" ? null : await WaitingCustomer.ArriveAsync(browser.Desk, name);
        var page = await browser.SignInAsync("full");
        await page.Locator("#live[data-state=live]").WaitForAsync();
        await Expect(page.Locator("#loading")).ToBeHiddenAsync();
        var held = await HeldAnswers.OfAsync(page, ListAddress(), AnswersOfAll);
        await page.Locator("#filter").SelectOptionAsync("all");
        await held.OnTheirWayAsync();
        if (happened == "started")
            await ActAsync("full", $"/rescue/sessions/{id}/start");
        else if (happened == "made")
            id = await WaitingCustomer.ArriveAsync(browser.Desk, name);
        else
            await TakeAwayAsync(page, id!);
        await ExpectAsync();

        await held.ArriveAsync();

        await ExpectAsync();

        async Task ExpectAsync()
        {
            var row = page.Locator($"tr[data-id='{id}']");
            if (status is null)
                await Expect(row).ToHaveCountAsync(0);
            else
                await Expect(row).ToHaveAttributeAsync("data-status", status);
        }
    }

    [Fact]
    public async Task Details_AnswerFromBeforeTheErasure_DoesNotBringThemBack()
    {
        const string Return = "() => document.querySelector('rescue-session').desk.live.dispatchEvent(new CustomEvent('return', { detail: {} }))";
        const string Name = "Erased meanwhile";
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, Name);
        await ActAsync("full", $"/rescue/sessions/{id}/close");
        var page = await browser.SignInAsync("full");
        await new ForeignPage(page).OpenAsync($"""<rescue-session session-id="{id}"></rescue-session>""");
        await Expect(page.Locator("#details-title")).ToHaveTextAsync(Name);
        var held = await HeldAnswers.OfAsync(page, new($"/rescue/sessions/{id}$"));
        await page.EvaluateAsync(Return);
        await held.OnTheirWayAsync();
        await ActAsync("admin", "/rescue/customers/erase", new { customer = Name });
        await page.EvaluateAsync(Return);
        await Expect(page.Locator("#details-title")).ToHaveCountAsync(0);

        await held.ArriveAsync();

        await Expect(page.Locator("#details-title")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Tabs_AnswerFromBeforeAnEndThatWasMissed_DoesNotBringThemBack()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Ended meanwhile");
        await ActAsync("full", $"/rescue/sessions/{id}/start");
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        var tab = page.Locator($"#active [data-id='{id}']");
        await Expect(tab).ToBeVisibleAsync();
        var held = await HeldAnswers.OfAsync(page, PresentAddress());
        await page.Locator("#filter").SelectOptionAsync("waiting");
        await held.OnTheirWayAsync();
        await page.EvaluateAsync("() => { document.querySelector('rescue-sessions').desk.sessions.hear = () => {}; }");
        await ActAsync("full", $"/rescue/sessions/{id}/close");
        await page.EvaluateAsync(
            "() => { const { sessions, live } = document.querySelector('rescue-sessions').desk; delete sessions.hear; live.dispatchEvent(new CustomEvent('return', { detail: {} })); }");
        await Expect(tab).ToHaveCountAsync(0);

        await held.ArriveAsync();

        await Expect(tab).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Presence_AnswerFromBeforeItWasChangedElsewhere_IsNotShown()
    {
        const string Return = "() => document.querySelector('rescue-sessions').desk.live.dispatchEvent(new CustomEvent('return', { detail: { isFirst: true } }))";
        var page = await browser.SignInAsync("mobile");
        await page.SettleAsync();
        var presence = page.Locator("#presence select");
        await Expect(presence).ToHaveValueAsync("available");
        var held = await HeldAnswers.OfAsync(page, new("/rescue/presence$"));
        await page.EvaluateAsync(Return);
        await held.OnTheirWayAsync();
        using var changed = await (await browser.Desk.SignInAsync("mobile")).PutAsJsonAsync("/rescue/presence", new { presence = "away" }, TestContext.Current.CancellationToken);
        changed.EnsureSuccessStatusCode();
        await page.EvaluateAsync(Return);
        await Expect(presence).ToHaveValueAsync("away");

        await held.ArriveAsync();

        await Expect(presence).ToHaveValueAsync("away");
    }

    [Fact]
    public async Task More_OfAListThatIsFetchedAnew_IsThereAfterwards()
    {
        await using var desk = await LongList.StartAsync();
        var page = await browser.SignInAsync("full", desk: desk);
        await page.Locator("#live[data-state=live]").WaitForAsync();
        var more = page.Locator("[data-more=connecting]");
        await Expect(more).ToBeVisibleAsync();
        var held = await HeldAnswers.OfAsync(page, NextPageAddress());
        await more.PressAsync("Enter");
        await held.OnTheirWayAsync();
        await FetchAnewAsync();

        await held.ArriveAsync();
        await Expect(more).ToBeHiddenAsync();

        await FetchAnewAsync();
        await Expect(page.Locator("#sessions tr[data-id]")).ToHaveCountAsync(LongList.Count);
        await Expect(more).ToBeHiddenAsync();

        // As after a line that was down.
        Task FetchAnewAsync() => page.EvaluateAsync(
            "async () => { const { sessions, live } = document.querySelector('rescue-sessions').desk; live.dispatchEvent(new CustomEvent('return', { detail: {} })); await new Promise(done => sessions.addEventListener('change', done, { once: true })); }");
    }

    [Fact]
    public async Task MoreOfAWebhooksMessages_WhileTheFirstAreAskedForAgain_StayThere()
    {
        const int Messages = 25;
        await using var receiver = await WebhookReceiver.StartAsync();
        await ActAsync("admin", "/rescue/settings/webhooks", new { url = receiver.Url, types = (string[])["session.created"] });
        for (var number = 0; number < Messages; number++)
            await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        await RunningHelpDesk.EventuallyAsync(() => Task.FromResult(receiver.Ids.Count >= Messages ? true : (bool?)null));
        var page = await browser.SignInAsync("admin");
        await page.GotoAsync("/settings");
        await page.Locator("[data-do=deliveries]").Last.ClickAsync();
        var (log, more) = (page.Locator("li[data-delivery]"), page.Locator(".deliveries [data-key=more]"));
        await Expect(log).ToHaveCountAsync(20);
        var held = await HeldAnswers.OfAsync(page, FirstMessagesAddress());
        await page.Locator(".deliveries [data-key=refresh]").ClickAsync();
        await held.OnTheirWayAsync();
        await more.ClickAsync();
        await Expect(log).ToHaveCountAsync(Messages);

        await held.ArriveAsync();

        await Expect(log).ToHaveCountAsync(Messages);
        await Expect(more).ToHaveCountAsync(0);

        // The other way round, too: a list that begins anew is not gone on with where the one before it was.
        await AskAnewAsync();
        await Expect(log).ToHaveCountAsync(20);
        held = await HeldAnswers.OfAsync(page, NextMessagesAddress());
        await more.ClickAsync();
        await held.OnTheirWayAsync();
        await AskAnewAsync();

        await held.ArriveAsync();

        // Now: what waits to be sent is looked at again, and would hide it.
        (await log.CountAsync()).Should().Be(20);
        await Expect(more).ToHaveCountAsync(1);

        Task AskAnewAsync() => page.RunAndWaitForResponseAsync(() => page.Locator(".deliveries [data-key=refresh]").ClickAsync(), FirstMessagesAddress());
    }

    [Fact]
    public async Task Transfer_WhoseDetailsWereLeftMeanwhile_OpensNothing()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Left");
        await ActAsync("full", $"/rescue/sessions/{id}/start");
        var page = await browser.SignInAsync("full");
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        var held = await HeldAnswers.OfAsync(page, new("/rescue/colleagues$"));
        await page.Locator("#details [data-action=transfer]").ClickAsync();
        await held.OnTheirWayAsync();
        await page.Locator("#details .close").ClickAsync();
        await Expect(page.Locator("#details-title")).ToHaveCountAsync(0);

        await held.ArriveAsync();

        await Expect(page.Locator("#transfer")).ToHaveCountAsync(0);
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await Expect(page.Locator("#details-title")).ToHaveTextAsync("Left");
    }

    [Fact]
    public async Task Dialog_OfDetailsThatAreTakenAway_LeavesNothingInert()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Taken");
        await ActAsync("full", $"/rescue/sessions/{id}/start");
        var page = await browser.SignInAsync("full");
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await page.Locator("#details [data-action=close]").ClickAsync();
        await Expect(page.Locator("#confirm-yes")).ToBeVisibleAsync();

        await TakeAwayAsync(page, id);

        await Expect(page.Locator("#details-title")).ToHaveCountAsync(0);
        await page.Locator("#new-session").ClickAsync();
        await Expect(page.Locator("#customer-name")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Template_OfALanguageThatWasLeft_DoesNotStandInTheOther()
    {
        var page = await browser.SignInAsync("admin");
        await page.GotoAsync("/settings");
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        var held = await HeldAnswers.OfAsync(page, new("/rescue/settings/template\\?language=fr"));
        await page.Locator("#template-language").SelectOptionAsync("fr");
        await held.OnTheirWayAsync();
        await page.Locator("#template-language").SelectOptionAsync("nl");
        await Expect(page.Locator("#template-text")).ToHaveValueAsync(new Regex("Beste|Hallo"));

        await held.ArriveAsync();

        await Expect(page.Locator("#template-text")).ToHaveValueAsync(new Regex("Beste|Hallo"));
        await Expect(page.Locator("#template-language")).ToHaveValueAsync("nl");
    }

    // As the server tells whoever sees their own sessions alone, of one that is a colleague's now.
    private static async Task TakeAwayAsync(IPage page, string id) => await page.EvaluateAsync(
        "id => document.querySelector('rescue-sessions').desk.live.dispatchEvent(new CustomEvent('session', { detail: { sessionId: id, kind: 'transition', session: null } }))", id);

    private async Task ActAsync(string signIn, string address, object? body = null)
    {
        var client = await browser.Desk.SignInAsync(signIn);
        using var answer = await client.PostAsJsonAsync(address, body ?? new { }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    [GeneratedRegex(@"/rescue/sessions\?")]
    private static partial Regex ListAddress();

    [GeneratedRegex(@"/rescue/sessions\?status=waiting%2Cactive%2Ctransferring")]
    private static partial Regex PresentAddress();

    [GeneratedRegex(@"/deliveries\?limit=\d+$")]
    private static partial Regex FirstMessagesAddress();

    [GeneratedRegex(@"/deliveries\?limit=\d+&before=")]
    private static partial Regex NextMessagesAddress();

    [GeneratedRegex(@"/rescue/sessions\?.*after=")]
    private static partial Regex NextPageAddress();
}
