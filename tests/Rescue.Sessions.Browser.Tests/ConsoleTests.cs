using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rescue.Sessions.Browser.Tests.Components;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>The technician's side of the nine steps, by hand in a browser.</summary>
public class ConsoleTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("en", "Waiting", "Active")]
    [InlineData("fr", "En file", "Active")]
    public async Task OnMyBehalf_FromNewSessionToActive_IsDoneByHand(string language, string waiting, string active)
    {
        var technician = await browser.SignInByHandAsync("full", language);
        var name = $"Ada {language}";
        var address = $"ada.{language}@example.org";
        await NewSessionAsync(technician, name);
        await technician.Locator("input[value=onMyBehalf]").CheckAsync();
        await technician.Locator("#to").FillAsync(address);
        await technician.KeepAsync($"create-{language}");
        await technician.Locator("#create-submit").ClickAsync();
        await Expect(technician.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
        await Expect(technician.Locator("#created-invitation")).ToHaveAttributeAsync("data-invitation", "sent");
        await technician.KeepAsync($"created-{language}");
        await technician.Locator("#created .primary[data-close]").ClickAsync();

        // The customer opens the mail, clicks its link, downloads the applet and runs it.
        var customer = await browser.OpenAsync(language);
        await customer.GotoAsync("/inbox");
        await customer.Locator("a.mail", new() { HasText = address }).ClickAsync();
        await customer.KeepAsync($"mail-{language}");
        var landing = await customer.OpenLinkOfMailAsync();
        await Expect(landing.Locator("a.button")).ToBeVisibleAsync();
        await Expect(landing.Locator("html")).ToHaveAttributeAsync("lang", language);
        await landing.KeepAsync($"landing-{language}");
        var folder = await browser.Desk.DownloadAppletAsync((await landing.Locator("a.button").GetAttributeAsync("href"))!);
        await using var applet = browser.Desk.RunApplet(folder, "--language", "en");
        await applet.ExpectAsync("Waiting for a technician");

        var row = technician.Locator("#sessions tbody tr", new() { HasText = name });
        await Expect(row.Locator(".chip").First).ToHaveTextAsync(waiting);
        await technician.KeepAsync($"console-waiting-{language}");
        await row.Locator("[data-action=start]").ClickAsync();
        await Expect(row.Locator(".chip").First).ToHaveTextAsync(active);
        await Expect(technician.Locator("#active")).ToContainTextAsync(name);
        await applet.ExpectAsync("Alice Martin has started");
        await row.Locator(".row-name").ClickAsync();
        await Expect(technician.Locator("#details")).ToContainTextAsync(address);
        await technician.KeepAsync($"console-active-{language}");
    }

    [Fact]
    public async Task DefaultMailClient_EmailTheLink_OffersTheDraft()
    {
        var technician = await browser.SignInAsync("own-client");
        await NewSessionAsync(technician, "Bea");
        await technician.Locator("input[value=defaultMailClient]").CheckAsync();
        await technician.Locator("#create-submit").ClickAsync();

        await Expect(technician.Locator("#draft-mailto")).ToHaveAttributeAsync("href", new Regex("^mailto:\\?subject="));
        await Expect(technician.Locator("#created-invitation")).ToHaveAttributeAsync("data-invitation", "drafted");
        await technician.KeepAsync("created-draft");
    }

    [Theory]
    [InlineData("de", "Nur eine Adresse, bitte.")]
    [InlineData("en", "Just the one address, please.")]
    public async Task WrongInput_WhereTheHostHasItsOwnWords_IsNamedInThem(string language, string told)
    {
        var technician = await browser.SignInAsync("full", language);
        await technician.RouteAsync("**/words.json", route => route.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"field.email.to":"{{told}}"}""" }));
        await new ForeignPage(technician).OpenAsync($"""<rescue-new-session lang="{language}" words="/words.json"></rescue-new-session>""", language);
        await NewSessionAsync(technician, "Cleo");
        await technician.Locator("input[value=onMyBehalf]").CheckAsync();
        await technician.Locator("#to").FillAsync("a@example.org, b@example.org");

        await technician.Locator("#create-submit").ClickAsync();

        await Expect(technician.Locator("#to-error")).ToHaveTextAsync(told);
    }

    [Theory]
    [InlineData("en", "Give one address only")]
    [InlineData("fr", "Une seule adresse")]
    public async Task WrongInput_IsNamedBesideItsField_AndNothingIsLost(string language, string told)
    {
        var technician = await browser.SignInAsync("full", language);
        await NewSessionAsync(technician, "Cleo");
        await technician.Locator("input[value=onMyBehalf]").CheckAsync();
        await technician.Locator("#to").FillAsync("a@example.org, b@example.org");
        await technician.Locator("#create-submit").ClickAsync();

        await Expect(technician.Locator("#to-error")).ToContainTextAsync(told);
        await Expect(technician.Locator("#to")).ToBeFocusedAsync();
        await Expect(technician.Locator("#customer-name")).ToHaveValueAsync("Cleo");
        await technician.KeepAsync($"create-errors-{language}");
    }

    [Fact]
    public async Task MissingRights_AreNamedInWords()
    {
        var technician = await browser.SignInAsync("no-email");
        await NewSessionAsync(technician, "Dora");
        await technician.Locator("#tab-email").ClickAsync();
        await technician.Locator("input[value=onMyBehalf]").CheckAsync();
        await technician.Locator("#to").FillAsync("dora@example.org");
        await technician.Locator("#create-submit").ClickAsync();

        await Expect(technician.Locator("#create-problem")).ToBeVisibleAsync();
        await technician.KeepAsync("create-forbidden");
    }

    [Fact]
    public async Task MobileBox_LetsThePlatformBeSetByHand()
    {
        var technician = await browser.SignInAsync("mobile");
        await NewSessionAsync(technician, "Eve");
        await Expect(technician.Locator("#platform")).ToBeDisabledAsync();
        await technician.Locator("#for-mobile").CheckAsync();
        await technician.Locator("#platform").SelectOptionAsync("android");
        await technician.Locator("input[value=onMyBehalf]").CheckAsync();
        await technician.Locator("#to").FillAsync("eve@example.org");
        await technician.Locator("#create-submit").ClickAsync();

        await Expect(technician.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
        var mail = await browser.Desk.MailToAsync("eve@example.org");
        mail.GetProperty("text").GetString().Should().Contain("phone or tablet");
    }

    [Fact]
    public async Task Transfer_Offered_IsIncomingForTheColleagueAndOutgoingForTheSender()
    {
        var sender = await browser.SignInAsync("full");
        await NewSessionAsync(sender, "Finn");
        await sender.Locator("#tab-pin").ClickAsync();
        await sender.Locator("#create-submit").ClickAsync();
        await Expect(sender.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
        var link = await sender.Locator("#created-link").InputValueAsync();
        await sender.Locator("#created .primary[data-close]").ClickAsync();
        var folder = await browser.Desk.DownloadAppletAsync("/Customer/applet/linux" + new Uri(link).Query);
        await using var applet = browser.Desk.RunApplet(folder, "--language", "en");
        await applet.ExpectAsync("Waiting for a technician");

        var row = sender.Locator("#sessions tbody tr", new() { HasText = "Finn" });
        await row.Locator("[data-action=start]").ClickAsync();
        await row.Locator(".row-name").ClickAsync();
        await sender.Locator("#details [data-action=transfer]").ClickAsync();
        await sender.Locator("#transfer input[value=mobile]").CheckAsync();
        await sender.KeepAsync("transfer");
        await sender.Locator("#transfer form button.primary").ClickAsync();
        await Expect(row.Locator(".chip").First).ToContainTextAsync("Outgoing", new() { IgnoreCase = true });

        var colleague = await browser.SignInAsync("mobile");
        var incoming = colleague.Locator("#sessions tbody tr", new() { HasText = "Finn" });
        await Expect(incoming.Locator(".chip").First).ToContainTextAsync("Incoming", new() { IgnoreCase = true });
        await colleague.KeepAsync("incoming");
        await incoming.Locator("[data-action=acceptTransfer]").ClickAsync();
        await applet.ExpectAsync("Ben Okafor has started");
    }

    [Fact]
    public async Task NewSession_LongerPin_HasTheDigitsThatItsBoxSays()
    {
        var technician = await browser.SignInAsync("full");
        await NewSessionAsync(technician, "Hanna");
        await technician.Locator("#tab-pin").ClickAsync();
        await technician.Locator("#longer-pin").CheckAsync();
        await technician.KeepAsync("create-longer-pin");

        await technician.Locator("#create-submit").ClickAsync();

        await Expect(technician.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{10}$"));
        await technician.KeepAsync("created-longer-pin");
    }

    [Fact]
    public async Task Life_HoldResumeRebootClose_AreDoneFromTheDetails()
    {
        var technician = await browser.SignInAsync("full");
        await technician.Locator("#presence select").SelectOptionAsync("busy");
        await NewSessionAsync(technician, "Gwen");
        await technician.Locator("#more-fields summary").ClickAsync();
        await technician.Locator("#tracking").FillAsync("TRK-7");
        await technician.Locator("#tab-pin").ClickAsync();
        await technician.Locator("#create-submit").ClickAsync();
        await Expect(technician.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
        var link = await technician.Locator("#created-link").InputValueAsync();
        await technician.Locator("#created .primary[data-close]").ClickAsync();
        var folder = await browser.Desk.DownloadAppletAsync("/Customer/applet/linux" + new Uri(link).Query);
        await using var applet = browser.Desk.RunApplet(folder, "--language", "en");
        await applet.ExpectAsync("Waiting for a technician");

        var row = technician.Locator("#sessions tbody tr", new() { HasText = "Gwen" });
        var chip = technician.Locator("#details .chip").First;
        await row.Locator(".row-name").ClickAsync();
        await Expect(technician.Locator("#details")).ToContainTextAsync("TRK-7");
        var activity = technician.WaitForRequestAsync(new Regex("/rescue/sessions/[0-9a-f]{32}/activity$"));
        foreach (var (action, status) in ((string, string)[])[("start", "active"), ("hold", "onHold"), ("resume", "active"), ("reboot", "rebooting")])
        {
            await technician.Locator($"#details [data-action={action}]").ClickAsync();
            if (action == "reboot")
                await technician.Locator("#confirm-yes").ClickAsync();
            await Expect(chip).ToHaveAttributeAsync("data-status", status);
        }

        await activity;
        applet.Kill();
        await using var restarted = browser.Desk.RunApplet(folder, "--language", "en");
        await restarted.ExpectAsync("Alice Martin has started");
        await Expect(chip).ToHaveAttributeAsync("data-status", "active");
        await technician.KeepAsync("details-life");
        await technician.Locator("#details [data-action=close]").ClickAsync();
        await technician.Locator("#confirm-yes").ClickAsync();
        await Expect(chip).ToHaveAttributeAsync("data-status", "closed");
        (await restarted.ExitCodeAsync()).Should().Be(0);
        await technician.Locator("#presence select").SelectOptionAsync("available");
    }

    [Theory]
    [InlineData("invitation", """{"state":"sent","delivery":"onMyBehalf","at":"nonsense","language":"en-x"}""")]
    [InlineData("invitation", """{"state":"sent","delivery":"onMyBehalf","at":"2026-11-28T12:00:00Z","language":""}""")]
    [InlineData("invitation", """{"state":"sent","delivery":"onMyBehalf","at":"2026-11-28T12:00:00Z","language":"i-klingon"}""")]
    [InlineData("startedAt", "\"-1\"")]
    [InlineData("history", """[{"kind":"none such","at":"soon"}]""")]
    public async Task Details_WithAnyStoredValue_AreShown(string member, string value)
    {
        var technician = await OpenTwoAsync("history", "[]");
        await technician.UnrouteAllAsync();
        await ReplaceAsync(technician, member, value);
        await technician.GetByRole(AriaRole.Button, new() { Name = "Odd one", Exact = true }).First.ClickAsync();

        await Expect(technician.Locator("#details-title")).ToHaveTextAsync("Odd one");
        await Expect(technician.Locator("#details [data-action=revoke]")).ToBeVisibleAsync();
        await Expect(technician.Locator("#details .history")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Details_ThatCannotBeDrawn_LeaveNothingOfThePreviousCustomer()
    {
        var technician = await OpenTwoAsync("history", "7");
        var failure = new TaskCompletionSource();
        technician.PageError += (_, _) => failure.TrySetResult();
        await technician.GetByRole(AriaRole.Button, new() { Name = "Odd one", Exact = true }).First.ClickAsync();
        await failure.Task.WaitAsync(Chromium.Patience, TestContext.Current.CancellationToken);

        await Expect(technician.Locator("#details")).Not.ToContainTextAsync("Plain one");
        await Expect(technician.Locator("#details button")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(390, 844, ColorScheme.Light, "phone")]
    public async Task Pages_AtEveryWidth_DoNotScrollSideways(int width, int height, ColorScheme scheme, string name)
    {
        var technician = await browser.SignInAsync("full", width: width, height: height, scheme: scheme);
        await NewSessionAsync(technician, "A customer with a rather long name that has to fit somewhere");
        await technician.KeepAsync($"create-{name}");
        await technician.ExpectNoSidewaysScrollAsync();
        await technician.Locator("#tab-pin").ClickAsync();
        await technician.Locator("#create-submit").ClickAsync();
        await Expect(technician.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
        await technician.KeepAsync($"created-{name}");
        await technician.ExpectNoSidewaysScrollAsync();
        await technician.Locator("#created .primary[data-close]").ClickAsync();
        await technician.KeepAsync($"console-{name}");
        await technician.ExpectNoSidewaysScrollAsync();
        await technician.GotoAsync("/inbox");
        await technician.KeepAsync($"inbox-{name}");
        await technician.ExpectNoSidewaysScrollAsync();
        await technician.Context.ClearCookiesAsync();
        await technician.GotoAsync("/signin");
        await technician.KeepAsync($"signin-{name}");
        await technician.ExpectNoSidewaysScrollAsync();
    }

    // Two customers, the first one open; of the second the server tells something that this page has not learned to draw.
    private async Task<IPage> OpenTwoAsync(string member, string value)
    {
        var technician = await browser.SignInAsync("full");
        foreach (var name in (string[])["Plain one", "Odd one"])
        {
            await NewSessionAsync(technician, name);
            await technician.Locator("#tab-pin").ClickAsync();
            await technician.Locator("#create-submit").ClickAsync();
            await technician.Locator("#created .primary[data-close]").ClickAsync();
        }

        await technician.GetByRole(AriaRole.Button, new() { Name = "Plain one", Exact = true }).First.ClickAsync();
        await Expect(technician.Locator("#details-title")).ToHaveTextAsync("Plain one");
        await ReplaceAsync(technician, member, value);
        return technician;
    }

    private static Task<IAsyncDisposable> ReplaceAsync(IPage page, string member, string value) =>
        page.RouteAsync(new Regex("/rescue/sessions/[0-9a-f]{32}$"), async route =>
        {
            var answer = await route.FetchAsync();
            var session = JsonNode.Parse(await answer.TextAsync())!.AsObject();
            session[member] = JsonNode.Parse(value);
            await route.FulfillAsync(new() { Response = answer, Body = session.ToJsonString() });
        });

    private static async Task NewSessionAsync(IPage technician, string name)
    {
        await technician.Locator("#new-session").ClickAsync();
        await technician.Locator("#customer-name").FillAsync(name);
    }
}
