using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>What somebody has chosen or written since they asked is theirs: an answer that is late does not take it back.</summary>
public class ChosenSinceTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    private const string Organization = "/rescue/settings/organization$";
    private const string Text = "#template-text";

    // What is asked for before it is answered before it.
    private const string Answered = "async () => { await (await fetch('/rescue/presence')).json(); await new Promise(requestAnimationFrame); }";

    [Fact]
    public async Task Presence_AskedForBeforeAChoiceIsStored_IsShownAsItWasChosen()
    {
        var page = await browser.SignInAsync("own-client");
        await page.SettleAsync();
        var presence = page.Locator("#presence select");
        await Expect(presence).ToHaveValueAsync("available");
        var (asked, line) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync(new Regex("/rescue/presence$"), async route =>
        {
            if (route.Request.Method == "PUT")
            {
                asked.TrySetResult();
                await line.Task;
            }

            await route.ContinueAsync();
        });
        await presence.SelectOptionAsync("away");
        await asked.Task.WaitAsync(Chromium.Patience, TestContext.Current.CancellationToken);

        await page.EvaluateAsync("() => document.querySelector('rescue-sessions').desk.live.dispatchEvent(new CustomEvent('return', { detail: { isFirst: true } }))");
        await page.EvaluateAsync(Answered);
        await Expect(presence).ToHaveValueAsync("away");
        var stored = page.WaitForResponseAsync(answer => answer.Request.Method == "PUT");
        line.SetResult();
        await stored;

        await page.EvaluateAsync(Answered);
        await Expect(presence).ToHaveValueAsync("away");
    }

    [Theory]
    [InlineData("[data-action=transfer]", "/rescue/colleagues$", "#transfer")]
    [InlineData("[data-key=invite-guest]", @"/guests\.js$", "#guest")]
    public async Task Dialog_OfASessionThatWasLeftForAnother_DoesNotOpenOverThat(string button, string address, string dialog)
    {
        var (one, other) = (await WaitingCustomer.ArriveAsync(browser.Desk, $"One {dialog}"), await WaitingCustomer.ArriveAsync(browser.Desk, $"Other {dialog}"));
        await ActAsync($"/rescue/sessions/{one}/start");
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        await OpenAsync(page, one, $"One {dialog}");
        var held = await HeldAnswers.OfAsync(page, new(address));
        await page.Locator($"#details {button}").ClickAsync();
        await held.OnTheirWayAsync();
        await OpenAsync(page, other, $"Other {dialog}");

        await held.ArriveAsync();

        await Expect(page.Locator(dialog)).ToHaveCountAsync(0);
        await OpenAsync(page, one, $"One {dialog}");
        await page.Locator($"#details {button}").ClickAsync();
        await Expect(page.Locator(dialog)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Start_OfWhoHasGoneToAnotherSession_LeavesThemThere()
    {
        var ids = new Dictionary<string, string>();
        foreach (var name in (string[])["Open first", "Started", "Open then"])
            ids[name] = await WaitingCustomer.ArriveAsync(browser.Desk, name);
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        await OpenAsync(page, ids["Open first"], "Open first");
        var held = await HeldAnswers.OfAsync(page, new("/start$"), method: "POST");
        await page.Locator($"tr[data-id='{ids["Started"]}'] [data-action=start]").ClickAsync();
        await held.OnTheirWayAsync();
        await OpenAsync(page, ids["Open then"], "Open then");

        // It leaves by itself.
        await Task.WhenAll(held.ArriveAsync(), page.ExpectToastAsync("Started"));

        await Expect(page.Locator("#details-title")).ToHaveTextAsync("Open then");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Settings_WrittenBeforeTheAnswer_StayWritten(string method)
    {
        var page = await browser.SignInAsync("admin");
        var held = method == "GET" ? await HeldAnswers.OfAsync(page, new(Organization)) : null;
        await page.GotoAsync("/settings");
        if (held is null)
        {
            await page.Locator("rescue-settings[data-ready]").WaitForAsync();
            held = await HeldAnswers.OfAsync(page, new(Organization), method: method);
            await page.Locator("#restore-organization").ClickAsync();
        }

        await held.OnTheirWayAsync();
        await page.Locator("#organization-phone").FillAsync("+33 1 23 45 67 89");

        await held.ArriveAsync();

        await Expect(page.Locator("#organization-phone")).ToHaveValueAsync("+33 1 23 45 67 89");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logo_ChosenOrRemovedWhileALargerOneIsRead_IsNotReplacedByThat(bool isRemoved)
    {
        var page = await browser.SignInAsync("admin");
        await page.AddInitScriptAsync(
            """
            const read = FileReader.prototype.readAsDataURL;
            FileReader.prototype.readAsDataURL = function (file) {
              if (file.name === 'large.png')
                globalThis.readLarge = () => new Promise(done => { this.addEventListener('load', done); read.call(this, file); });
              else
                read.call(this, file);
            };
            """);
        await page.GotoAsync("/settings");
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        var (file, shown) = (page.Locator("#organization-logo"), page.Locator("#organization-logo-shown"));
        await ChooseAsync("small.png", 1);
        await Expect(shown).ToHaveAttributeAsync("src", "data:image/png;base64,AQ==");
        await ChooseAsync("large.png", 2);
        if (isRemoved)
            await page.Locator("#organization-logo-remove").ClickAsync();
        else
            await ChooseAsync("another.png", 3);
        await ExpectAsync();

        await page.EvaluateAsync("() => readLarge()");

        await ExpectAsync();

        Task ExpectAsync() => isRemoved ? Expect(shown).ToBeHiddenAsync() : Expect(shown).ToHaveAttributeAsync("src", "data:image/png;base64,Aw==");

        Task ChooseAsync(string name, byte content) => file.SetInputFilesAsync(new FilePayload { Name = name, MimeType = "image/png", Buffer = [content] });
    }

    [Fact]
    public async Task Template_ChosenTwice_ComesOnce()
    {
        var page = await OpenTemplateAsync();
        var held = await HeldAnswers.OfAsync(page, new(@"/rescue/settings/template\?language=fr"));
        await page.Locator("#template-language").SelectOptionAsync("fr");
        await held.OnTheirWayAsync();
        await page.Locator("#template-language").SelectOptionAsync("nl");
        await Expect(page.Locator(Text)).ToHaveValueAsync(new Regex("Beste|Hallo"));
        await page.Locator("#template-language").SelectOptionAsync("fr");
        await Expect(page.Locator(Text)).ToHaveValueAsync(new Regex("Bonjour"));
        await page.Locator(Text).FillAsync("Written since");

        await held.ArriveAsync();

        await Expect(page.Locator(Text)).ToHaveValueAsync("Written since");
    }

    [Fact]
    public async Task Template_WrittenWhileTheFormerIsRestored_StaysWritten()
    {
        var page = await OpenTemplateAsync("windows");
        await page.Locator("#template-subject").FillAsync("Our own subject");
        await page.Locator("#save-template").ClickAsync();
        await page.ExpectToastAsync("Saved");
        await page.Locator("#restore-template").ClickAsync();
        var held = await HeldAnswers.OfAsync(page, new(@"/rescue/settings/template\?"), method: "DELETE");
        await page.Locator("#confirm-yes").ClickAsync();
        await held.OnTheirWayAsync();
        await page.Locator(Text).FillAsync("Written since");

        await held.ArriveAsync();

        await Expect(page.Locator("#template-subject")).Not.ToHaveValueAsync("Our own subject");
        await Expect(page.Locator(Text)).ToHaveValueAsync("Written since");
        (await page.FocusedAsync()).Should().Be("template-text");
    }

    [Fact]
    public async Task Template_MendedBeforeItIsRefused_HasNoProblems()
    {
        var page = await OpenTemplateAsync("macos");
        var held = await HeldAnswers.OfAsync(page, new(@"/rescue/settings/template\?"), method: "PUT");
        var text = await page.Locator(Text).InputValueAsync();
        await page.Locator(Text).FillAsync(text + "{{ nobody_knows_this");
        await page.Locator("#template-form").EvaluateAsync("form => form.requestSubmit()");
        await held.OnTheirWayAsync();
        await Expect(page.Locator("#problems .error").First).ToBeVisibleAsync();
        await page.Locator(Text).FillAsync(text + "Mended");
        await Expect(page.Locator("#problems .error")).ToHaveCountAsync(0);

        await Task.WhenAll(held.ArriveAsync(), Expect(page.Locator(".toast.error").First).ToBeVisibleAsync());

        await Expect(page.Locator("#problems .error")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task History_FromBeforeATemplateWasSaved_DoesNotTakeItOut()
    {
        var page = await OpenTemplateAsync("linux");
        var held = await HeldAnswers.OfAsync(page, new(@"/rescue/settings/template/history\?"));
        await page.Locator("#history-details summary").ClickAsync();
        await held.OnTheirWayAsync();
        await page.Locator("#template-subject").FillAsync("Saved since");
        await page.Locator("#save-template").ClickAsync();
        await Expect(page.Locator("#history")).ToContainTextAsync("Saved since");

        await held.ArriveAsync();

        await Expect(page.Locator("#history")).ToContainTextAsync("Saved since");
    }

    [Fact]
    public async Task Webhook_RefusedAfterAnotherIsInTheForm_IsNotToldBesideThat()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await ActAsync("/rescue/settings/webhooks", "admin", new { url = receiver.Url, types = (string[])["session.created"] });
        var page = await OpenSettingsAsync();
        var held = await HeldAnswers.OfAsync(page, new("/rescue/settings/webhooks$"), method: "POST");
        await page.Locator("#webhook-url").FillAsync("ftp://example.org");
        await page.Locator("#webhook-form [type=submit]").ClickAsync();
        await held.OnTheirWayAsync();
        await page.Locator("[data-do=edit]").Last.ClickAsync();
        await Expect(page.Locator("#webhook-url")).ToHaveValueAsync(receiver.Url);

        await Task.WhenAll(held.ArriveAsync(), Expect(page.Locator(".toast.error").First).ToBeVisibleAsync());

        await Expect(page.Locator("#webhook-url-error")).ToBeEmptyAsync();
    }

    [Theory]
    [InlineData("PUT", "#rights-form [type=submit]", "/rescue/settings/groups$")]
    [InlineData("DELETE", "[data-do=remove]", "/rescue/settings/webhooks/")]
    public async Task Settings_SavedAfterSomebodyHasGoneOn_LeaveTheFocusThere(string method, string button, string address)
    {
        await ActAsync("/rescue/settings/webhooks", "admin", new { url = "https://127.0.0.1:1/", types = (string[])["session.created"] });
        var page = await OpenSettingsAsync();
        var held = await HeldAnswers.OfAsync(page, new(address), method: method);
        await page.Locator(button).Last.ClickAsync();
        if (method == "DELETE")
            await page.Locator("#confirm-yes").ClickAsync();
        await held.OnTheirWayAsync();
        await page.Locator("#organization-phone").FocusAsync();

        await Task.WhenAll(held.ArriveAsync(), Expect(page.Locator(".toast").First).ToBeVisibleAsync());

        (await page.FocusedAsync()).Should().Be("organization-phone");
    }

    [Fact]
    public async Task WhoIsSignedIn_AskedBeforeSomebodyElseSignedIn_IsNotWhoItWas()
    {
        const string Ask = "() => { const { desk } = document.querySelector('rescue-sessions'); desk.service.dispatchEvent(new Event('signedout')); globalThis.asked = desk.loadMe(); }";
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        await page.EvaluateAsync("() => addEventListener('rescue-signed-out', event => event.preventDefault())");
        var held = await HeldAnswers.OfAsync(page, new("/rescue/me$"));
        await page.EvaluateAsync(Ask);
        await held.OnTheirWayAsync();
        var form = page.APIRequest.CreateFormData();
        form.Set("technician", "mobile");
        await page.APIRequest.PostAsync("/signin", new() { Form = form, MaxRedirects = 0 });
        await page.EvaluateAsync(Ask);
        await page.WaitForFunctionAsync("() => document.querySelector('rescue-sessions').desk.me.id === 'mobile'");

        await held.ArriveAsync();

        (await page.EvaluateAsync<string>("() => document.querySelector('rescue-sessions').desk.me.id")).Should().Be("mobile");
    }

    [Fact]
    public async Task Clock_AfterAnAnswerThatTookLong_GoesAsBefore()
    {
        var page = await browser.SignInAsync("full");
        await page.Clock.InstallAsync();
        await page.ReloadAsync();
        await page.SettleAsync();
        var held = await HeldAnswers.OfAsync(page, new("/rescue/presence$"));
        await page.EvaluateAsync("() => { globalThis.asked = document.querySelector('rescue-sessions').desk.service.get('/presence'); }");
        await held.OnTheirWayAsync();
        // A line that was silent for so long opens anew, and what it asks for by the clock that was moved would set that right.
        await page.RouteAsync(new Regex("/rescue/sessions"), route => route.AbortAsync());
        await page.Clock.FastForwardAsync("00:20");

        await held.ArriveAsync();

        (await page.EvaluateAsync<double>("async () => { const { clock } = document.querySelector('rescue-sessions').desk; await asked; return clock.now - Date.now(); }"))
            .Should().BeApproximately(0, 10_000);
    }

    private static async Task OpenAsync(IPage page, string id, string name)
    {
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await Expect(page.Locator("#details-title")).ToHaveTextAsync(name);
    }

    private async Task<IPage> OpenSettingsAsync()
    {
        var page = await browser.SignInAsync("admin");
        await page.GotoAsync("/settings");
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        return page;
    }

    private async Task<IPage> OpenTemplateAsync(string platform = "any")
    {
        var page = await OpenSettingsAsync();
        await page.Locator("#template-platform").SelectOptionAsync(platform);
        await Expect(page.Locator("#save-template")).ToBeEnabledAsync();
        return page;
    }

    private async Task ActAsync(string address, string signIn = "full", object? body = null)
    {
        var client = await browser.Desk.SignInAsync(signIn);
        using var answer = await client.PostAsJsonAsync(address, body ?? new { }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
