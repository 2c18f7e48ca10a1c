using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rescue.Sessions.Browser.Tests.Components;
using Rescue.Sessions.TestServers;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>Customers on devices without a program, who join in their browser.</summary>
public sealed partial class BrowserJoinTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncDisposable
{
    private const string KeepHandOvers = """
        window.handedOver = [];
        window.statuses = [];
        document.addEventListener('rescue:handover', event => window.handedOver.push(event.detail.secret));
        document.addEventListener('rescue:status', event => window.statuses.push(event.detail.status));
        """;

    // What comes after an answer that the page has been given has come after it.
    private const string Settle = "async () => { await (await fetch(location.href)).text(); await new Promise(requestAnimationFrame); }";

    private JoinedInBrowser? opened;

    public async ValueTask DisposeAsync()
    {
        // A technician helps ten at a time, and this one is everybody's here.
        if (opened is not null)
            await opened.EndAsync();
    }

    [Theory]
    [InlineData("iphone", Devices.IPhone, 390, 844, "ios", "iPhone, Safari")]
    [InlineData("ipad", Devices.IPad, 820, 1180, "ios", "iPad, Safari")]
    [InlineData("android", Devices.Android, 412, 915, "android", "Pixel 8, Chrome")]
    public async Task FromTheMailToActive(string name, string userAgent, int width, int height, string platform, string device)
    {
        TestServer.Chromium.Require();
        var address = $"grace.{name}@example.org";
        var session = await CreateAsync(to: address, platform: platform);
        await browser.Desk.MailToAsync(address);
        var inbox = await browser.OpenAsync("en", width, height, userAgent: userAgent, hasTouch: true);
        await inbox.Context.AddInitScriptAsync(KeepHandOvers);
        await inbox.GotoAsync("/inbox");
        await inbox.Locator("a.mail", new() { HasText = address }).ClickAsync();
        var customer = await inbox.OpenLinkOfMailAsync();
        await customer.KeepAsync($"browser-{name}-landing");
        await customer.Locator("a[href*='/Customer/browser']").ClickAsync();
        await customer.KeepAsync($"browser-{name}-pin");
        await JoinedInBrowser.ExpectAsync(customer, "connecting");
        await session.JoinAsync(customer);
        await Expect(customer.Locator("h1")).ToHaveTextAsync("You are in the queue");
        await Expect(customer.Locator("#safety")).ToBeHiddenAsync();
        await customer.KeepAsync($"browser-{name}-waiting");

        var seen = await session.SessionAsync();
        seen.GetProperty("kind").GetString().Should().Be("browser");
        seen.GetProperty("platform").GetString().Should().Be(platform);
        seen.GetProperty("hostName").GetString().Should().Be(device);

        await session.ActAsync("start");
        await JoinedInBrowser.ExpectAsync(customer, "active");
        await Expect(customer.Locator("h1")).ToHaveTextAsync(new Regex("is helping you"));
        var secret = (await session.SessionAsync()).GetProperty("handOver").GetProperty("secret").GetString();
        (await customer.EvaluateAsync<string[]>("window.handedOver")).Should().Equal(secret);
        await customer.KeepAsync($"browser-{name}-active");
    }

    [Fact]
    public async Task EachStatus_IsShown_AndEachPickUpHandsOverAnew()
    {
        var (session, customer) = await OpenAsync();
        await session.JoinAsync(customer);
        await session.ActAsync("start");
        await JoinedInBrowser.ExpectAsync(customer, "active");
        await session.ActAsync("hold");
        await JoinedInBrowser.ExpectAsync(customer, "onHold");
        await KeepAtWidthsAsync(customer, "browser-onHold");
        await session.ActAsync("resume");
        await JoinedInBrowser.ExpectAsync(customer, "active");
        (await (await browser.Desk.SignInAsync("full")).GetAsync("/rescue/me", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await session.ActAsync("transfer", new { to = "full" });
        await JoinedInBrowser.ExpectAsync(customer, "transferring");
        await KeepAtWidthsAsync(customer, "browser-transferring");
        await session.ActAsync("transfer/takeBack");
        await JoinedInBrowser.ExpectAsync(customer, "active");
        await KeepAtWidthsAsync(customer, "browser-active");
        await session.ActAsync("close");
        await JoinedInBrowser.ExpectAsync(customer, "closed");
        await Expect(customer.Locator("[data-ends=byTechnician]")).ToBeVisibleAsync();
        await KeepAtWidthsAsync(customer, "browser-closed");

        var handedOver = await customer.EvaluateAsync<string[]>("window.handedOver");
        handedOver.Should().HaveCount(3);
        handedOver[1].Should().NotBe(handedOver[0], "each pick-up has a secret of its own").And.Be(handedOver[2], "taking back is none");
        (await customer.EvaluateAsync<string[]>("window.statuses")).Should().Equal("waiting", "active", "onHold", "active", "transferring", "active", "closed");
        (await customer.EvaluateAsync<int>("localStorage.length + sessionStorage.length")).Should().Be(0, "the key is forgotten with the session");
    }

    [Fact]
    public async Task Reload_KeepsThePlace_InTheSameTabAndInAnother()
    {
        var (session, customer) = await OpenAsync();
        await session.JoinAsync(customer);

        await customer.ReloadAsync();
        await JoinedInBrowser.ExpectAsync(customer, "waiting");
        var closed = new TaskCompletionSource();
        customer.Close += (_, _) => closed.TrySetResult();
        await customer.CloseAsync(new() { RunBeforeUnload = true });
        await closed.Task.WaitAsync(Chromium.Patience, TestContext.Current.CancellationToken);
        (await session.SessionAsync()).GetProperty("status").GetString().Should().Be("waiting", "closing a tab is no goodbye");
        var another = await customer.Context.NewPageAsync();
        await another.GotoAsync("/Customer/browser" + session.Query);
        await JoinedInBrowser.ExpectAsync(another, "waiting");
        await session.ActAsync("start");
        await JoinedInBrowser.ExpectAsync(another, "active");
        await another.GotoAsync(session.Link);
        await another.KeepAsync("landing-used");
        await another.Locator("a.button").ClickAsync();
        await JoinedInBrowser.ExpectAsync(another, "active");
        await another.ReloadAsync();
        await JoinedInBrowser.ExpectAsync(another, "active");

        (await session.SessionAsync()).GetProperty("history").EnumerateArray()
            .Count(happened => happened.GetProperty("trigger").GetString() == "join").Should().Be(1, "the same key goes on");
    }

    [Fact]
    public async Task PinAlone_Reload_KeepsThePlace()
    {
        var (session, customer) = await OpenAsync(withLink: false);
        await session.JoinAsync(customer);

        await customer.ReloadAsync();

        await JoinedInBrowser.ExpectAsync(customer, "waiting");
        await session.ActAsync("start");
        await JoinedInBrowser.ExpectAsync(customer, "active");
    }

    [Fact]
    public async Task NetworkLost_IsShown_AndTakenUpAgain()
    {
        var (session, customer) = await OpenAsync();
        await session.JoinAsync(customer);
        await customer.Context.SetOfflineAsync(true);
        await JoinedInBrowser.ExpectAsync(customer, "reconnecting");
        await KeepAtWidthsAsync(customer, "browser-reconnecting");

        await session.ActAsync("start");
        await customer.Context.SetOfflineAsync(false);

        await JoinedInBrowser.ExpectAsync(customer, "active");
        (await customer.EvaluateAsync<int>("window.handedOver.length")).Should().Be(1);
    }

    [Fact]
    public async Task HeldAndResumed_WhileTheLineWasDown_IsHandedOverOnce()
    {
        var (session, customer) = await OpenAsync();
        await session.JoinAsync(customer);
        await session.ActAsync("start");
        await JoinedInBrowser.ExpectAsync(customer, "active");
        await customer.Context.SetOfflineAsync(true);
        await JoinedInBrowser.ExpectAsync(customer, "reconnecting");
        await session.ActAsync("hold");
        await session.ActAsync("resume");
        await customer.Context.SetOfflineAsync(false);
        await JoinedInBrowser.ExpectAsync(customer, "active");
        // Whatever the line made up for comes before what happens next.
        await session.ActAsync("hold");
        await JoinedInBrowser.ExpectAsync(customer, "onHold");
        await session.ActAsync("close");
        await JoinedInBrowser.ExpectAsync(customer, "closed");

        (await customer.EvaluateAsync<string[]>("window.statuses")).Should().Equal("waiting", "active", "reconnecting", "active", "onHold", "closed");
        (await customer.EvaluateAsync<int>("window.handedOver.length")).Should().Be(2);
    }

    [Fact]
    public async Task AnotherWindow_GoesOn_AndTheFirstMayTakeItBack()
    {
        var (session, customer) = await OpenAsync();
        await session.JoinAsync(customer);
        var other = await customer.Context.NewPageAsync();
        await other.GotoAsync("/Customer/browser");
        await session.JoinAsync(other);

        await Expect(customer.Locator("[data-section=elsewhere]")).ToBeVisibleAsync();
        (await customer.EvaluateAsync<string[]>("window.statuses")).Should().Equal(["waiting", "elsewhere"], "what has begun here must hear that it has ended here");
        await customer.KeepAsync("browser-elsewhere");
        await customer.Locator("[data-do=here]").ClickAsync();
        await session.JoinAsync(customer);
        await Expect(other.Locator("[data-section=elsewhere]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task WrongPin_IsSaid_AndTheRightOneThenJoins()
    {
        var (session, customer) = await OpenAsync();
        await customer.Locator("[name=Code]").FillAsync(session.WrongPin);
        await customer.Locator("main form button").ClickAsync();
        await Expect(customer.Locator("[data-problem=invalidCode]")).ToBeVisibleAsync();
        await Expect(customer.Locator("[name=Code]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(customer.Locator("[name=Code]")).ToBeFocusedAsync();
        await KeepAtWidthsAsync(customer, "browser-wrong");
        (await session.SessionAsync()).GetProperty("status").GetString().Should().Be("connecting");

        await customer.Locator("[name=Code]").FillAsync($"{session.Pin[..3]} {session.Pin[3..]}");
        await customer.Keyboard.PressAsync("Enter");

        await JoinedInBrowser.ExpectAsync(customer, "waiting");
    }

    [Fact]
    public async Task UsedByAProgram_IsSaid()
    {
        var (session, customer) = await OpenAsync();
        await session.JoinByProgramAsync(browser.Desk);
        await customer.Locator("[name=Code]").FillAsync(session.Pin);
        await customer.Locator("main form button").ClickAsync();
        await Expect(customer.Locator("[data-problem=alreadyUsed]")).ToBeVisibleAsync();

        await customer.ReloadAsync();
        await Expect(customer.Locator("h1")).ToHaveTextAsync("This link is already in use");
        await Expect(customer.Locator("[name=Code]")).ToBeHiddenAsync();
        await customer.KeepAsync("browser-used");
    }

    [Theory]
    [InlineData("reload")]
    [InlineData("mail")]
    public async Task JoinWhoseAnswerWasLost_GoesOn_WhenTheLinkIsOpenedAgain(string how)
    {
        var (session, customer) = await OpenAsync();
        await LoseJoinAsync(customer, session, arrives: true);

        if (how == "reload")
        {
            await customer.ReloadAsync();
        }
        else
        {
            await customer.GotoAsync(session.Link);
            await customer.Locator("a.button").ClickAsync();
        }

        await JoinedInBrowser.ExpectAsync(customer, "waiting");
    }

    [Fact]
    public async Task JoinWhoseAnswerIsLostTwice_IsSaid_AndThePinJoins()
    {
        var (session, customer) = await OpenAsync();
        await LoseJoinAsync(customer, session, arrives: true, times: 2);
        await customer.ReloadAsync();
        await Expect(customer.Locator("[data-problem=unreachable]")).ToBeVisibleAsync();
        await Expect(customer.Locator("#used")).ToHaveCountAsync(0);

        await session.JoinAsync(customer);
    }

    [Fact]
    public async Task JoinThatNeverArrived_UsedByAProgramSince_IsSaid()
    {
        var (session, customer) = await OpenAsync();
        await LoseJoinAsync(customer, session, arrives: false);
        await session.JoinByProgramAsync(browser.Desk);
        await customer.RunAndWaitForResponseAsync(() => customer.ReloadAsync(), "**/join");

        await Expect(customer.Locator("h1")).ToHaveTextAsync("This link is already in use");
        await Expect(customer.Locator("[name=Code]")).ToBeHiddenAsync();
        await customer.WaitForFunctionAsync("localStorage.length === 0");
    }

    [Fact]
    public async Task TapBeforeThePageHasChanged_JoinsOnce()
    {
        var (session, customer) = await OpenAsync();
        var joins = 0;
        customer.Request += (_, request) => joins += request.Url.EndsWith("/join", StringComparison.Ordinal) ? 1 : 0;
        var ready = await HeldAnswers.OfAsync(customer, ReadyAddress(), method: "POST");
        await customer.Locator("[name=Code]").FillAsync(session.Pin);
        await customer.Locator("main form button").ClickAsync();
        await ready.OnTheirWayAsync();

        await customer.Locator("main form button").DispatchEventAsync("click");
        await customer.Locator("[name=Code]").PressAsync("Enter");

        await ready.ArriveAsync();
        await JoinedInBrowser.ExpectAsync(customer, "waiting");
        joins.Should().Be(1);
    }

    [Fact]
    public async Task AnswerToReady_FromBeforeTheStart_ChangesNothing()
    {
        var (session, customer) = await OpenAsync();
        var late = await HeldAnswers.OfAsync(customer, ReadyAddress(), method: "POST");
        // The first is lost; when the line tells that nobody has heard it, the page says it again.
        await customer.RouteAsync("**/ready", route => route.AbortAsync(), new() { Times = 1 });
        await session.JoinAsync(customer);
        await late.OnTheirWayAsync();
        await session.ActAsync("start");
        await JoinedInBrowser.ExpectAsync(customer, "active");

        await late.ArriveAsync();

        (await customer.EvaluateAsync<string[]>("window.statuses")).Should().Equal("waiting", "active");
        await Expect(customer.Locator("[data-section=active]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ready_LostTwiceOnALineThatIsWell_IsSaidAgainWithTheNextBeat()
    {
        var (session, customer) = await OpenAsync();
        await customer.Clock.InstallAsync();
        var (lost, both) = (0, new TaskCompletionSource());
        await customer.RouteAsync("**/ready", async route =>
        {
            var number = Interlocked.Increment(ref lost);
            if (number > 2)
            {
                await route.ContinueAsync();
                return;
            }

            await route.FulfillAsync(new() { Status = 502 });
            if (number == 2)
                both.SetResult();
        });
        await customer.Locator("[name=Code]").FillAsync(session.Pin);
        await customer.Locator("main form button").ClickAsync();
        await both.Task.WaitAsync(Chromium.Patience, TestContext.Current.CancellationToken);

        await customer.EvaluateAsync(Settle);
        await customer.Clock.FastForwardAsync(15_000);

        await JoinedInBrowser.ExpectAsync(customer, "waiting");
    }

    [Fact]
    public async Task Clock_OfTheDeviceThatIsPutBack_StopsNeitherTheBeatNorANewLine()
    {
        var (session, customer) = await OpenAsync();
        await session.JoinAsync(customer);
        await session.ActAsync("start");
        // The first line is there: it has told.
        await customer.WaitForFunctionAsync("() => window.handedOver.length === 1");
        var (beat, line) = (customer.WaitForRequestAsync("**/heartbeat"), customer.WaitForRequestAsync("**/events"));

        await customer.EvaluateAsync("() => { const { now } = Date; Date.now = () => now() - 3 * 3600_000; dispatchEvent(new Event('online')); }");

        await Task.WhenAll(beat, line);
    }

    [Fact]
    public async Task Heading_WithATechniciansName_HasItAsItIsWritten()
    {
        var names = new[] { "Ben Okafor", "Ca$h", "$& $$", "$` $'", "{0}" };
        var (_, customer) = await OpenAsync();

        var said = await customer.EvaluateAsync<string[]>(
            """
            async names => {
              const { show } = await import(document.querySelector('link[rel=modulepreload][href$="/page.js"]').href);
              return names.map(name => {
                show('active', name);
                return document.querySelector('h1').textContent;
              });
            }
            """,
            names);

        said.Should().Equal(names.Select(name => $"{name} is helping you"));
    }

    [Fact]
    public async Task IPadWithoutTheMobileAddOn_LearnsItWhenItIsReady()
    {
        TestServer.Chromium.Require();
        var session = await CreateAsync("full");
        var customer = await browser.OpenAsync("en", 390, 844, userAgent: Devices.IPad, hasTouch: true);
        await customer.GotoAsync("/Customer/browser" + session.Query);
        await customer.Locator("[name=Code]").FillAsync(session.Pin);
        await customer.Locator("main form button").ClickAsync();

        await Expect(customer.Locator("[data-section=mobile]")).ToBeVisibleAsync();
        await KeepAtWidthsAsync(customer, "browser-mobile");
        (await session.SessionAsync()).GetProperty("status").GetString().Should().Be("connecting");
        await session.ActAsync("revoke");
        await JoinedInBrowser.ExpectAsync(customer, "closed");
    }

    [Fact]
    public async Task Leaving_AsksFirst_AndEndsTheSession()
    {
        var (session, customer) = await OpenAsync();
        await session.JoinAsync(customer);
        await customer.Locator("[data-do=leave]").ClickAsync();
        await Expect(customer.Locator("[data-do=stay]")).ToBeFocusedAsync();
        await KeepAtWidthsAsync(customer, "browser-leaving");
        await customer.Locator("[data-do=stay]").ClickAsync();
        await Expect(customer.Locator("[data-do=leave]")).ToBeFocusedAsync();
        (await session.SessionAsync()).GetProperty("status").GetString().Should().Be("waiting");
        await customer.Locator("[data-do=leave]").ClickAsync();
        await customer.Locator("[data-do=leave-now]").ClickAsync();

        await JoinedInBrowser.ExpectAsync(customer, "closed");
        (await session.SessionAsync()).GetProperty("endReason").GetString().Should().Be("byWaitingCustomer");
        await Expect(customer.Locator("h1")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Leaving_ThatIsRefused_GoesOn_AndIsHandedOverAgain(int unheard)
    {
        var (session, customer) = await OpenAsync();
        await session.JoinAsync(customer);
        await session.ActAsync("start");
        await JoinedInBrowser.ExpectAsync(customer, "active");
        var tries = 0;
        await customer.RouteAsync("**/leave", route => route.FulfillAsync(tries++ < unheard
            ? new() { Status = 502 }
            : new() { Status = 403, ContentType = "application/problem+json", Body = """{"status":403,"code":"foreignOrigin"}""" }));
        await customer.Locator("[data-do=leave]").ClickAsync();
        await customer.Locator("[data-do=leave-now]").ClickAsync();

        await customer.WaitForFunctionAsync("() => window.handedOver.length === 2");
        (await customer.EvaluateAsync<string[]>("window.statuses")).Should().Equal("waiting", "active", "leaving", "active");
        (await customer.EvaluateAsync<string[]>("window.handedOver")).Distinct().Should().ContainSingle("the technician's side has gone on");
        await Expect(customer.Locator("h1")).ToHaveTextAsync(new Regex("is helping you"));
        await Expect(customer.Locator("#unheard")).ToBeHiddenAsync();
        await customer.UnrouteAllAsync();
        // Whoever was shown the end is asked again first.
        if (unheard > 0)
            await customer.Locator("[data-do=leave]").ClickAsync();
        await customer.Locator("[data-do=leave-now]").ClickAsync();
        await JoinedInBrowser.ExpectAsync(customer, "closed");
    }

    [Fact]
    public async Task Leaving_WhoseAnswerIsLost_IsOverAsTheLineTells()
    {
        var (session, customer) = await OpenAsync();
        await session.JoinAsync(customer);
        var told = new TaskCompletionSource();
        await customer.RouteAsync("**/leave", async route =>
        {
            await route.FetchAsync();
            await told.Task;
            await route.FulfillAsync(new() { Status = 502 });
        });
        await customer.Locator("[data-do=leave]").ClickAsync();
        await customer.Locator("[data-do=leave-now]").ClickAsync();
        await JoinedInBrowser.ExpectAsync(customer, "closed");

        await customer.RunAndWaitForResponseAsync(() => Task.FromResult(told.TrySetResult()), "**/leave");
        await customer.EvaluateAsync(Settle);

        await Expect(customer.Locator("#unheard")).ToBeHiddenAsync();
        (await customer.EvaluateAsync<string[]>("window.statuses")).Should().Equal("waiting", "leaving", "closed");
    }

    [Fact]
    public async Task Page_WhoseScriptIsLate_IsNotShown_BeforeATapOnItJoins()
    {
        TestServer.Chromium.Require();
        var session = await CreateAsync();
        var customer = await browser.OpenAsync("en", 390, 844, userAgent: Devices.Android, hasTouch: true);
        var script = new TaskCompletionSource();
        await customer.RouteAsync("**/main.js", async route =>
        {
            await script.Task;
            await route.ContinueAsync();
        });
        await customer.GotoAsync("/Customer/browser" + session.Query, new() { WaitUntil = WaitUntilState.Commit });
        var isShown = () => customer.WaitForFunctionAsync("() => performance.getEntriesByType('paint').length > 0", options: new() { Timeout = 2_000, PollingInterval = 50 });
        await isShown.Should().ThrowAsync<TimeoutException>("a PIN that is sent now joins nobody");

        script.SetResult();
        await session.JoinAsync(customer);
    }

    [Fact]
    public async Task WithoutScript_SaysSo_AndThePinLeadsToTheProgram()
    {
        TestServer.Chromium.Require();
        var session = await CreateAsync();
        var customer = await browser.OpenAsync("en", 390, 844, userAgent: Devices.Windows, runsScripts: false);
        await customer.GotoAsync("/Customer/browser" + session.Query);
        await Expect(customer.Locator("noscript p")).ToBeVisibleAsync();
        await customer.KeepAsync("browser-noscript");
        await customer.Locator("[name=Code]").FillAsync(session.Pin);
        await customer.Locator("main form button").ClickAsync();

        await Expect(customer.Locator("a.button")).ToHaveAttributeAsync("href", new Regex("^/Customer/applet/windows"));
        (await session.SessionAsync()).GetProperty("status").GetString().Should().Be("connecting");
    }

    [Theory]
    [InlineData("en", "Thank you")]
    [InlineData("fr", "Merci")]
    [InlineData("ar", "شكرًا لك")]
    public async Task NotAskedFor_TypedPin_EndsTheSession(string language, string thanks)
    {
        TestServer.Chromium.Require();
        var session = await CreateAsync();
        var customer = await browser.OpenAsync(language, 390, 844, userAgent: Devices.IPhone);
        await customer.GotoAsync(session.Link);
        await KeepAtWidthsAsync(customer, $"landing-offer-{language}");
        await customer.Locator("a[href*=decline]").ClickAsync();
        await KeepAtWidthsAsync(customer, $"decline-{language}");
        await customer.Locator("[name=Code]").FillAsync(session.WrongPin);
        await customer.Locator("main form button").ClickAsync();
        await Expect(customer.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await customer.ExpectAccessibleAsync($"decline-wrong-{language}", isColoured: language == "en");
        await customer.Locator("[name=Code]").FillAsync(session.Pin);
        await customer.Locator("main form button").ClickAsync();
        await Expect(customer.Locator("h1")).ToHaveTextAsync(thanks);
        await Expect(customer.Locator("form")).ToHaveCountAsync(0);
        await KeepAtWidthsAsync(customer, $"declined-{language}");
        await customer.ExpectAccessibleAsync($"declined-{language}", isColoured: language == "en");

        (await session.SessionAsync()).GetProperty("endReason").GetString().Should().Be("declined");
    }

    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("fr", ColorScheme.Dark)]
    [InlineData("ar", ColorScheme.Light)]
    public async Task Pages_AtEachWidth_DoNotScrollSideways(string language, ColorScheme scheme)
    {
        TestServer.Chromium.Require();
        var session = await CreateAsync();
        var customer = await browser.OpenAsync(language, 390, 844, scheme, Devices.IPhone);
        await customer.GotoAsync("/Customer/browser" + session.Query);
        await KeepAtWidthsAsync(customer, $"browser-pin-{language}");
        await session.JoinAsync(customer);
        await KeepAtWidthsAsync(customer, $"browser-waiting-{language}");
        await session.ActAsync("start");
        await JoinedInBrowser.ExpectAsync(customer, "active");
        await KeepAtWidthsAsync(customer, $"browser-active-{language}");
    }

    [Fact]
    public async Task EverySection_Problem_AndEnding_IsAccessible()
    {
        var (_, customer) = await OpenAsync();
        // As the page's own script shows them: each is the same module, wherever it is asked for.
        await customer.EvaluateAsync("async () => { window.shows = await import(document.querySelector('link[rel=modulepreload][href$=\"/page.js\"]').href); }");
        foreach (var problem in await NamesAsync("problem"))
            await LookAsync($"problem {problem}", problem, "code => shows.complain(code)");
        await customer.EvaluateAsync("() => { document.getElementById('terms').textContent = 'You let us look at this device.'; }");
        foreach (var section in await NamesAsync("section"))
            await LookAsync($"section {section}", section, "name => shows.show(name, 'Ben Okafor')");
        await LookAsync("leaving", "waiting", "name => { shows.show(name, 'Ben Okafor'); shows.askWhetherToLeave(true); }");
        foreach (var ending in await NamesAsync("ends"))
            await LookAsync($"ending {ending}", ending.Split(' ')[0], "reason => shows.showEnd(reason, 'Ben Okafor')");

        Task<string[]> NamesAsync(string kind) =>
            customer.EvaluateAsync<string[]>("kind => [...document.querySelectorAll(`[data-${kind}]`)].map(element => element.dataset[kind])", kind);

        async Task LookAsync(string name, string argument, string script)
        {
            await customer.EvaluateAsync(script, argument);
            await customer.ExpectAccessibleAsync(name);
        }
    }

    private static async Task KeepAtWidthsAsync(IPage page, string name)
    {
        foreach (var width in (int[])[360, 390, 1280])
        {
            await page.SetViewportSizeAsync(width, 844);
            await page.KeepAsync($"{name}-{width}");
            await page.ExpectNoSidewaysScrollAsync();
        }

        await page.SetViewportSizeAsync(390, 844);
    }

    /// <summary>Types the PIN; nothing comes back of the join.</summary>
    private static async Task LoseJoinAsync(IPage customer, JoinedInBrowser session, bool arrives, int times = 1)
    {
        // One route that counts: one that expires after its first may take the next with it.
        var asked = 0;
        await customer.RouteAsync("**/join", async route =>
        {
            if (Interlocked.Increment(ref asked) > times)
            {
                await route.ContinueAsync();
                return;
            }

            if (arrives)
                await route.FetchAsync();
            await route.AbortAsync();
        });
        await customer.Locator("[name=Code]").FillAsync(session.Pin);
        await customer.Locator("main form button").ClickAsync();
        await Expect(customer.Locator("[data-problem=unreachable]")).ToBeVisibleAsync();
    }

    [GeneratedRegex("/ready$")]
    private static partial Regex ReadyAddress();

    /// <summary>The session of the test, which ends with it.</summary>
    private async Task<JoinedInBrowser> CreateAsync(string signIn = "mobile", string? to = null, string? platform = null) =>
        opened = await JoinedInBrowser.CreateAsync(browser.Desk, signIn, to, platform);

    private async Task<(JoinedInBrowser Session, IPage Customer)> OpenAsync(bool withLink = true)
    {
        TestServer.Chromium.Require();
        var session = await CreateAsync();
        var customer = await browser.OpenAsync("en", 390, 844, userAgent: Devices.IPhone, hasTouch: true);
        await customer.AddInitScriptAsync(KeepHandOvers);
        await customer.GotoAsync("/Customer/browser" + (withLink ? session.Query : ""));
        return (session, customer);
    }
}
