using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>An answer that is late, refused or lost leaves nothing in the console that stays wrong.</summary>
public class MissedAnswerTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    private const string Return = "() => document.querySelector('rescue-sessions').desk.live.dispatchEvent(new CustomEvent('return', { detail: { isFirst: false } }))";

    [Theory]
    [InlineData(503)]
    [InlineData(null)]
    public async Task WhoIsSignedIn_NotAnswered_IsAskedAgainWhenTheLineIsBack(int? status)
    {
        var page = await OpenLiveAsync();
        await RefuseAsync(page, "/rescue/me$", status);
        await page.ReloadAsync();
        await page.Locator("#live[data-state=live]").WaitForAsync();
        // Until none is on its way: who asks meanwhile is given the same answer.
        (await page.EvaluateAsync<string?>("async () => { const { desk } = document.querySelector('rescue-sessions'); await desk.loadMe(); return desk.me.id; }")).Should().BeNull();

        await page.UnrouteAllAsync();
        await page.EvaluateAsync(Return);

        await page.WaitForFunctionAsync("() => document.querySelector('rescue-sessions').desk.me.id !== null");
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, $"Mine {status}");
        await ActAsync($"/rescue/sessions/{id}/start");
        await Expect(page.Locator($"#active [data-id='{id}']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SignedOut_IsToldOnce()
    {
        var page = await OpenLiveAsync();
        await RefuseAsync(page, @"/rescue/presence\?own$", 401);
        // A service of its own: what the console asks for at any time would sign in again between two refusals.
        await page.EvaluateAsync(
            """
            () => {
              const { service } = document.querySelector('rescue-sessions').desk;
              globalThis.told = 0;
              addEventListener('rescue-signed-out', event => { event.preventDefault(); told++; });
              globalThis.own = new service.constructor(service.address(''));
              own.addEventListener('signedout', () => service.dispatchEvent(new Event('signedout')));
            }
            """);
        const string Ask = "async () => { await own.get('/presence?own'); await own.get('/presence?own'); return told; }";

        (await page.EvaluateAsync<int>(Ask)).Should().Be(1);

        await page.UnrouteAllAsync();
        await page.EvaluateAsync<int>(Ask);
        await RefuseAsync(page, @"/rescue/presence\?own$", 401);
        (await page.EvaluateAsync<int>(Ask)).Should().Be(2);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Customer_WhoCameWhileNobodyListened_IsTold(bool isFirst, int times)
    {
        var page = await OpenLiveAsync();
        await page.EvaluateAsync("() => { document.querySelector('rescue-sessions').desk.live.dispatchEvent = () => true; }");
        var name = $"Unheard {isFirst}";
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, name);

        await page.EvaluateAsync(
            """
            isFirst => {
              const { live } = document.querySelector('rescue-sessions').desk;
              delete live.dispatchEvent;
              live.dispatchEvent(new CustomEvent('return', { detail: { isFirst } }));
            }
            """,
            isFirst);
        await Expect(page.Locator($"#sessions tr[data-id='{id}']")).ToBeVisibleAsync();
        if (times > 0)
            await page.ExpectToastAsync($"{name} is waiting.");

        // The event comes after all, where the browser has come back by itself.
        await page.EvaluateAsync(
            """
            id => {
              const { live, sessions } = document.querySelector('rescue-sessions').desk;
              live.dispatchEvent(new CustomEvent('session', { detail: { sessionId: id, kind: 'transition', from: 'connecting', to: 'waiting', session: sessions.find(id) } }));
            }
            """,
            id);
        await Expect(page.Locator(".toast.waiting", new() { HasText = name })).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("offer", "A colleague offers you the session with")]
    [InlineData("alarm", "Times out in")]
    public async Task WhatIsAskedOfATechnician_WhileNobodyListened_IsTold(string what, string text)
    {
        var page = await OpenLiveAsync();
        var name = $"Missed {what}";
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, name);
        await Expect(page.Locator($"#sessions tr[data-id='{id}']")).ToBeVisibleAsync();

        // The list brings it, and then the event, where the browser has come back by itself.
        await page.EvaluateAsync(
            """
            ([id, what]) => {
              const { desk } = document.querySelector('rescue-sessions');
              const { live, me, sessions } = desk;
              const one = sessions.find(id);
              const at = new Date(Date.now() + 60_000).toISOString();
              const session = what === 'offer'
                ? { ...one, version: one.version + 1, status: 'transferring', statusSince: at, owner: { id: 'mobile', name: 'Ben Okafor' }, transfer: { direction: 'incoming' }, permitted: ['acceptTransfer'] }
                : { ...one, version: one.version + 1, status: 'active', statusSince: at, owner: { id: me.id, name: me.name }, deadline: { trigger: 'idleTimeOut', at, alarmLevel: 3 } };
              sessions.load = async () => {
                sessions.hear({ sessionId: id, session });
                return { ok: true };
              };
              const change = what === 'offer' ? { kind: 'transition', trigger: 'transfer', from: 'active', to: 'transferring' } : { kind: 'alarm', detail: '3', from: 'active', to: 'active' };
              globalThis.tell = () => live.dispatchEvent(new CustomEvent('session', { detail: { sessionId: id, at, ...change, session } }));
              live.dispatchEvent(new CustomEvent('return', { detail: { isFirst: false } }));
            }
            """,
            new[] { id, what });
        await page.ExpectToastAsync(text);

        await page.EvaluateAsync("() => tell()");
        await Expect(page.Locator(".toast.waiting", new() { HasText = text })).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(@"/create\.js(\?\d+)?$", null)]
    [InlineData(@"/created\.js(\?\d+)?$", null)]
    [InlineData(@"/rescue-sessions\.css$", 502)]
    [InlineData(@"/lang/en\.json$", 503)]
    [InlineData("/words.json$", 429)]
    public async Task Element_WhoseFileDidNotCome_IsThereOnceItDoes(string address, int? status)
    {
        var page = await browser.SignInAsync("full");
        await page.RouteAsync(new Regex("/words.json$"), route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"create.title":"A new one"}""" }));
        var refused = 0;
        await page.RouteAsync(new Regex(address), async route =>
        {
            if (Interlocked.Increment(ref refused) > 1)
                await route.FallbackAsync();
            else if (status is { } answered)
                await route.FulfillAsync(new() { Status = answered, ContentType = "application/problem+json", Body = $$"""{"status":{{status}}}""" });
            else
                await route.AbortAsync();
        });

        await new ForeignPage(page).OpenAsync("""<rescue-new-session words="/words.json"></rescue-new-session>""");

        // Whoever has a network again need not wait.
        await page.WaitForFunctionAsync("() => { dispatchEvent(new Event('online')); return document.querySelector('rescue-new-session').shadowRoot?.querySelector('#new-session'); }");
        refused.Should().Be(2);
        await Expect(page.Locator("#new-session")).ToHaveTextAsync("New session");
        await Expect(page.Locator("#create-title")).ToHaveTextAsync("A new one");
        (await page.EvaluateAsync<int>("() => document.querySelector('rescue-new-session').shadowRoot.adoptedStyleSheets[0].cssRules.length")).Should().BePositive();
    }

    [Theory]
    [InlineData(503)]
    [InlineData(null)]
    public async Task List_Refused_IsAskedForAgain(int? status)
    {
        var page = await OpenLiveAsync();
        await page.Clock.InstallAsync();
        await RefuseAsync(page, @"/rescue/sessions\?", status);
        await page.EvaluateAsync(Return);
        await Expect(page.Locator("#list-problem")).ToBeVisibleAsync();

        await page.UnrouteAllAsync();
        await page.Clock.FastForwardAsync(20_000);

        await Expect(page.Locator("#list-problem")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Presence_ChangedElsewhere_IsShownWhenTheLineIsBack()
    {
        var page = await OpenLiveAsync();
        await Expect(page.Locator("#presence select")).ToHaveValueAsync("available");
        await PutPresenceAsync("away");

        await page.EvaluateAsync(Return);

        await Expect(page.Locator("#presence select")).ToHaveValueAsync("away");
        await PutPresenceAsync("available");
    }

    [Fact]
    public async Task HandOver_LeftAndComeBackWhileTheLineWasDown_IsToldAgain()
    {
        (await (await browser.Desk.SignInAsync("admin")).GetAsync("/rescue/me", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Back unnoticed");
        await ActAsync($"/rescue/sessions/{id}/start");
        var page = await browser.SignInAsync("full");
        await new ForeignPage(page).OpenAsync($"""<rescue-session session-id="{id}"></rescue-session>""");
        await Expect(page.Locator("[data-action=hold]")).ToBeVisibleAsync();
        // What happens before the line is there may be in no event, and what was asked for as it came tells nothing here.
        await page.WaitForFunctionAsync("() => document.querySelector('rescue-session').desk.live.state === 'live'");
        await page.EvaluateAsync(
            """
            () => {
              globalThis.told = [];
              for (const name of ['rescue-status', 'rescue-handover'])
                addEventListener(name, ({ detail }) => told.push(detail.secret ? name : detail.session.status));
              const { desk } = document.querySelector('rescue-session');
              globalThis.missed = [];
              desk.sessions.hear = ({ session }) => missed.push(session?.status);
              desk.sessions.take = () => {};
              desk.dispatchEvent = event => event.type === 'happened' || EventTarget.prototype.dispatchEvent.call(desk, event);
            }
            """);
        await ActAsync($"/rescue/sessions/{id}/transfer", new { to = "admin" });
        // An event brings the session as it is when it is read.
        await page.WaitForFunctionAsync("() => missed.includes('transferring')");
        await ActAsync($"/rescue/sessions/{id}/transfer/takeBack");
        await page.WaitForFunctionAsync("() => missed.at(-1) === 'active'");

        await page.EvaluateAsync(
            """
            () => {
              const { desk } = document.querySelector('rescue-session');
              delete desk.sessions.hear;
              delete desk.sessions.take;
              delete desk.dispatchEvent;
              desk.live.dispatchEvent(new CustomEvent('return', { detail: {} }));
            }
            """);

        await page.WaitForFunctionAsync("() => told.length >= 2");
        (await page.EvaluateAsync<string[]>("told")).Should().Equal("active", "rescue-handover");
        await ActAsync($"/rescue/sessions/{id}/close");
    }

    [Theory]
    [InlineData("transfer.js", "#details [data-action=transfer]", "#transfer")]
    [InlineData("guests.js", "[data-key=invite-guest]", "#guest")]
    public async Task Dialog_ThatCouldNotBeFetched_OpensLater(string part, string button, string dialog)
    {
        var page = await OpenLiveAsync();
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, part);
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await RefuseAsync(page, Regex.Escape(part), null);

        await page.Locator(button).ClickAsync();
        await page.ExpectToastAsync("A part of this page cannot be fetched just now. Nothing is lost: try again, and if that does not help, reload the page.");
        await page.UnrouteAllAsync();
        await page.Locator(button).ClickAsync();

        await Expect(page.Locator(dialog)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(@"/transfer\.js$", "#details [data-action=transfer]", "#transfer", 1440)]
    [InlineData("/rescue/colleagues$", "#details [data-action=transfer]", "#transfer", 360)]
    [InlineData(@"/guests\.js$", "[data-key=invite-guest]", "#guest", 360)]
    public async Task Dialog_GivenUpOnItsWay_StaysAwayAndLeavesTheDetails(string awaited, string button, string dialog, int width)
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, $"Given up {dialog}");
        var page = await browser.SignInAsync("full", width: width);
        await page.SettleAsync();
        await page.Locator($"tr[data-id='{id}'] .row-name").PressAsync("Enter");
        await page.ExpectFocusAsync("details-title");
        var held = await HeldAnswers.OfAsync(page, new(awaited));
        await page.Locator(button).PressAsync("Enter");
        await held.OnTheirWayAsync();

        await page.Keyboard.PressAsync("Escape");
        await held.ArriveAsync();

        await Expect(page.Locator("#details-title")).ToBeVisibleAsync();
        await Expect(page.Locator(button)).ToBeFocusedAsync();
        await Expect(page.Locator(dialog)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(dialog)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(dialog)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#details-title")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Details_WhoseFileDidNotCome_SaySoUntilItDoes()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Without details");
        var page = await browser.SignInAsync("full");
        await RefuseAsync(page, @"/session\.js(\?\d+)?$", null);
        await page.ReloadAsync();
        await page.ExpectToastAsync("A part of this page cannot be fetched just now.");

        await page.UnrouteAllAsync();
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();

        // Whoever has a network again need not wait.
        await page.WaitForFunctionAsync(
            "() => { dispatchEvent(new Event('online')); return document.querySelector('rescue-sessions').view.details.shadowRoot?.querySelector('#details-title'); }");
        await Expect(page.Locator(".toast", new() { HasText = "A part of this page" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Creation_DialogIsClosedBeforeTheAnswer_TellsTheCode(bool isOpenedAgain)
    {
        var page = await OpenLiveAsync();
        var held = await HoldAsync(page, "POST", "/rescue/sessions$");
        await CreateByPinAsync(page, "First of two");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#create")).ToBeHiddenAsync();
        if (isOpenedAgain)
        {
            await page.Locator("#new-session").ClickAsync();
            await page.Locator("#customer-name").FillAsync("Second of two");
        }

        held.SetResult();

        if (isOpenedAgain)
        {
            await page.ExpectToastAsync("Session for First of two");
            await Expect(page.Locator("#customer-name")).ToHaveValueAsync("Second of two");
            await Expect(page.Locator("#created")).ToBeHiddenAsync();
            await page.Locator(".toast button", new() { HasText = "Show" }).ClickAsync();
        }

        await Expect(page.Locator("#created")).ToBeVisibleAsync();
        await Expect(page.Locator("#created-title")).ToHaveTextAsync("Session for First of two");
        await Expect(page.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Creation_RefusedAfterTheDialogWasClosed_IsSaid(bool isOpenedAgain)
    {
        var page = await OpenLiveAsync();
        var held = await HoldAsync(page, "POST", "/rescue/sessions$", 503);
        await CreateByPinAsync(page, "Refused");
        await page.Keyboard.PressAsync("Escape");
        if (isOpenedAgain)
        {
            await page.Locator("#new-session").ClickAsync();
            await page.Locator("#customer-name").FillAsync("Another");
        }

        held.SetResult();

        await Expect(page.Locator(".toast.error")).ToContainTextAsync("Session for Refused");
        if (!isOpenedAgain)
            return;
        await Expect(page.Locator("#create-problem")).ToBeHiddenAsync();
        await page.Locator("#tab-pin").ClickAsync();
        await page.UnrouteAllAsync();
        await page.Locator("#create-submit").ClickAsync();
        await Expect(page.Locator("#created-title")).ToHaveTextAsync("Session for Another");
    }

    [Theory]
    [InlineData("#times-form", "#waitingMinutes", "17", "18")]
    [InlineData("#defaults-form", "#time-zone", "Europe/Paris", "Europe/Rome")]
    [InlineData("#organization-form", "#organization-phone", "+33 1 23 45 67 89", "+33 1 98 76 54 32")]
    [InlineData("#rights-form", "[data-group='mobile-support'] [data-right=transfer] select", "grant", "deny")]
    [InlineData("#template-form", "#template-subject", "Your help desk", "Your own help desk")]
    public async Task Settings_ChangedWhileTheyAreSaved_AreSavedAsTheyAreThen(string form, string field, string first, string then)
    {
        const string Save = "form => form.requestSubmit()";
        var page = await OpenSettingsAsync();
        var held = await HoldAsync(page, "PUT", "/rescue/settings/");
        var saved = new List<int>();
        var both = new TaskCompletionSource();
        page.Response += (_, answer) =>
        {
            if (answer.Request.Method != "PUT")
                return;
            saved.Add(answer.Status);
            if (saved.Count == 2)
                both.SetResult();
        };

        await WriteAsync(first);
        await page.RunAndWaitForRequestAsync(() => page.Locator(form).EvaluateAsync(Save), asked => asked.Method == "PUT");
        await WriteAsync(then);
        await page.Locator(form).EvaluateAsync(Save);
        await page.Locator(form).EvaluateAsync(Save);
        held.SetResult();
        await both.Task.WaitAsync(Chromium.Patience, TestContext.Current.CancellationToken);
        await page.ExpectToastAsync("Saved");
        await page.EvaluateAsync("async () => (await fetch('/rescue/presence')).json()");

        saved.Should().Equal(200, 200);
        await Expect(page.Locator(field)).ToHaveValueAsync(then);
        await page.ReloadAsync();
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        await Expect(page.Locator(field)).ToHaveValueAsync(then);

        Task WriteAsync(string value) => page.Locator(field).EvaluateAsync(
            "(field, value) => { field.value = value; for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true })); }", value);
    }

    [Theory]
    [InlineData("Katherine")]
    [InlineData("")]
    public async Task Guest_DialogIsClosedBeforeTheAnswer_IsToldAllTheSame(string name)
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Grace Hopper");
        var page = await browser.SignInAsync("full");
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await page.Locator("[data-key=invite-guest]").ClickAsync();
        await page.Locator("#guest-name").FillAsync(name);
        var held = await HoldAsync(page, "POST", "/guests$");

        await page.Locator("#guest-name").PressAsync("Enter");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#guest")).ToHaveCountAsync(0);
        held.SetResult();

        if (name == "")
        {
            await Expect(page.Locator(".toast.error")).ToBeVisibleAsync();
            return;
        }

        await Expect(page.Locator("#guest-link")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#guest")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(4, "4 more customers are waiting.")]
    [InlineData(1000, "1000 more customers are waiting.")]
    public async Task Customers_ManyWhoCameWhileNobodyListened_AreToldTogether(int many, string told)
    {
        var page = await OpenLiveAsync();
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, $"One of {many}");
        await Expect(page.Locator($"#sessions tr[data-id='{id}']")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await page.SettleAsync();

        await page.EvaluateAsync(
            """
            async ([id, many]) => {
              const { live, service, sessions } = document.querySelector('rescue-sessions').desk;
              const one = sessions.find(id);
              const get = service.get;
              const items = Array.from({ length: many }, (_, number) => ({ ...one, id: `${id.slice(0, -6)}${String(number).padStart(6, '0')}`, version: 1, permitted: [] }));
              service.get = path => path.startsWith('/sessions?') ? { ok: true, status: 200, moment: Infinity, data: { items, next: null } } : get.call(service, path);
              live.dispatchEvent(new CustomEvent('return', { detail: { isFirst: false } }));
            }
            """,
            new object[] { id, many });

        await page.ExpectToastAsync(told);
        await Expect(page.Locator(".toast.waiting")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(null)]
    public async Task Template_ThatDidNotCome_LeavesWhatIsWrittenWithItsOwn(int? status)
    {
        var page = await OpenTemplateAsync();
        await RefuseAsync(page, @"/rescue/settings/template\?", status);

        await page.Locator("#template-platform").SelectOptionAsync("ios");
        await Expect(page.Locator(".toast.error").First).ToBeVisibleAsync();

        await Expect(page.Locator("#template-platform")).ToHaveValueAsync("any");
        await page.UnrouteAllAsync();
        await page.Locator("#template-platform").SelectOptionAsync("ios");
        await Expect(page.Locator("#save-template")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Template_OnItsWay_IsNotSavedAsTheOneBefore()
    {
        var page = await OpenTemplateAsync();
        var held = await HoldAsync(page, "GET", @"/rescue/settings/template\?");

        await page.Locator("#template-platform").SelectOptionAsync("ios");
        await Expect(page.Locator("#save-template")).ToBeDisabledAsync();
        await page.RunAndWaitForResponseAsync(() => page.Locator("#template-text").PressSequentiallyAsync("!"), new Regex("/preview"));
        await page.EvaluateAsync("async () => (await fetch('/rescue/presence')).json()");
        await Expect(page.Locator("#save-template")).ToBeDisabledAsync();

        held.SetResult();
        await Expect(page.Locator("#save-template")).ToBeEnabledAsync();
    }

    [Theory]
    [InlineData(503)]
    [InlineData(null)]
    public async Task Preview_NotAnswered_SaysNothingOfTheText(int? status)
    {
        var page = await OpenTemplateAsync();
        await Expect(page.Locator("#problems .none")).ToBeVisibleAsync();
        await RefuseAsync(page, "/rescue/settings/template/preview", status);

        await page.Locator("#template-subject").PressSequentiallyAsync("!");

        await Expect(page.Locator(".toast.error").First).ToBeVisibleAsync();
        await Expect(page.Locator("#problems li")).ToHaveCountAsync(0);
        await Expect(page.Locator("#save-template")).ToBeEnabledAsync();
    }

    private async Task<IPage> OpenLiveAsync()
    {
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        return page;
    }

    private async Task<IPage> OpenSettingsAsync()
    {
        var page = await browser.SignInAsync("admin");
        await page.GotoAsync("/settings");
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        return page;
    }

    private async Task<IPage> OpenTemplateAsync()
    {
        var page = await OpenSettingsAsync();
        await Expect(page.Locator("#save-template")).ToBeEnabledAsync();
        return page;
    }

    private static async Task CreateByPinAsync(IPage page, string name)
    {
        await page.Locator("#new-session").ClickAsync();
        await page.Locator("#customer-name").FillAsync(name);
        await page.Locator("#tab-pin").ClickAsync();
        await page.Locator("#create-submit").ClickAsync();
    }

    /// <summary>Answers what is asked of an address with a status alone; without one, the line is cut.</summary>
    private static async Task RefuseAsync(IPage page, string address, int? status) => await page.RouteAsync(
        new Regex(address), route => status is { } answered ? route.FulfillAsync(new() { Status = answered }) : route.AbortAsync());

    /// <summary>Holds what is asked until the answered source is set; then it goes on, or is answered with a status alone.</summary>
    private static async Task<TaskCompletionSource> HoldAsync(IPage page, string method, string address, int? status = null)
    {
        var held = new TaskCompletionSource();
        await page.RouteAsync(new Regex(address), async route =>
        {
            if (route.Request.Method == method)
                await held.Task;
            await (route.Request.Method == method && status is { } answered ? route.FulfillAsync(new() { Status = answered }) : route.ContinueAsync());
        });
        return held;
    }

    private async Task PutPresenceAsync(string presence)
    {
        var client = await browser.Desk.SignInAsync("full");
        using var answer = await client.PutAsJsonAsync("/rescue/presence", new { presence }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private async Task ActAsync(string address, object? body = null)
    {
        var client = await browser.Desk.SignInAsync("full");
        using var answer = await client.PostAsJsonAsync(address, body ?? new { }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
