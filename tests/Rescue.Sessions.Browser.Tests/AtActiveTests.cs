using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rescue.Sessions.TestServers;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>What the sample does at Active: chat, and the customer's screen or camera, with Chromium's fake devices.</summary>
public sealed partial class AtActiveTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncDisposable
{
    private const string Plays = "video => video.videoWidth > 0 && video.currentTime > 0";

    private const string KeepTracks = """
        () => {
          window.tracks = [];
          const take = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
          navigator.mediaDevices.getDisplayMedia = async options => { const stream = await take(options); window.tracks.push(...stream.getTracks()); return stream; };
        }
        """;

    private const string HaveEnded = "() => window.tracks.length > 0 && window.tracks.every(track => track.readyState === 'ended')";

    // Neither end hears how to reach the other.
    private const string FindNoWay = """
        () => {
          RTCPeerConnection.prototype.addIceCandidate = async () => {};
          const take = RTCPeerConnection.prototype.setRemoteDescription;
          RTCPeerConnection.prototype.setRemoteDescription = async function ({ type, sdp }) {
            await take.call(this, { type, sdp: sdp.replace(/^a=candidate.*\r\n/gm, '') });
            window.peer = this;
          };
        }
        """;

    private const string Fail = "() => { Object.defineProperty(peer, 'connectionState', { value: 'failed' }); peer.dispatchEvent(new Event('connectionstatechange')); }";

    private const string HoldTheFirstAnswer = """
        () => {
          const [held, send] = [window.held = [], WebSocket.prototype.send];
          WebSocket.prototype.send = function (text) {
            if (JSON.parse(text).kind !== 'answer')
              return send.call(this, text);
            held.push(text);
            if (held.length > 1)
              (held.length === 2 ? held : [text]).forEach(answer => send.call(this, answer));
          };
        }
        """;

    private JoinedInBrowser? opened;

    public async ValueTask DisposeAsync()
    {
        // A technician helps ten at a time, and this one is everybody's here.
        if (opened is not null)
            await opened.EndAsync();
    }

    [Theory]
    [InlineData("screen", "The customer’s screen", Devices.Windows, 1280)]
    [InlineData("camera", "The customer’s camera", Devices.IPhone, 390)]
    public async Task Customer_ShowsWhatTheyChoose_AndTheTechnicianSeesIt(string kind, string title, string userAgent, int width)
    {
        var (_, customer, technician) = await BothAsync(userAgent, width);
        await customer.GetByRole(AriaRole.Button, new() { Name = $"Show my {kind}" }).ClickAsync();

        await Expect(technician.Locator("figcaption")).ToContainTextAsync(title);
        await PlaysAsync(technician);
        await Expect(customer.GetByText($"Your technician sees your {kind}.")).ToBeVisibleAsync();
        await customer.KeepAsync($"at-active-customer-{kind}");
        await technician.Page.KeepAsync($"at-active-technician-{kind}");
        await customer.GetByRole(AriaRole.Button, new() { Name = "Stop showing" }).ClickAsync();

        await Expect(technician.Locator("figure")).ToBeHiddenAsync();
        await Expect(customer.GetByText("You are showing nothing.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Picture_IsSaidToBeSeen_OnceItArrives()
    {
        var (_, customer, technician) = await BothAsync(Devices.Windows, 1280);
        var (show, stop) = (customer.GetByRole(AriaRole.Button, new() { Name = "Show my screen" }), customer.GetByRole(AriaRole.Button, new() { Name = "Stop showing" }));
        await customer.Clock.InstallAsync();
        await technician.Page.EvaluateAsync(HoldTheFirstAnswer);
        await show.ClickAsync();
        await technician.Page.WaitForFunctionAsync("() => held.length === 1");
        await Expect(customer.GetByText("Your technician does not see it yet.")).ToBeVisibleAsync();
        await Expect(technician.Locator("figure")).ToBeHiddenAsync();
        await stop.ClickAsync();
        await show.ClickAsync();
        await PlaysAsync(technician);
        await Expect(customer.GetByText("Your technician sees your screen.")).ToBeVisibleAsync();
        await stop.ClickAsync();

        foreach (var page in (IPage[])[customer, technician.Page])
            await page.EvaluateAsync(FindNoWay);
        foreach (var isTold in (bool[])[false, true])
        {
            await show.ClickAsync();
            await Expect(technician.Locator("[data-missed]")).ToBeEmptyAsync();
            await customer.WaitForFunctionAsync("() => window.peer?.remoteDescription");
            await Expect(customer.GetByText("Your technician does not see it yet.")).ToBeVisibleAsync();
            await Expect(technician.Locator("figure")).ToBeHiddenAsync();
            if (isTold)
                await customer.EvaluateAsync(Fail);
            else
                await customer.Clock.FastForwardAsync(30_000);

            await Expect(customer.GetByText("Nothing is shown: your browser and your technician’s find no way to each other.")).ToBeVisibleAsync();
            await Expect(technician.Locator("[data-missed]")).ToHaveTextAsync("The customer shows something, but your browsers find no way to each other.");
            await customer.EvaluateAsync("() => { window.peer = null; }");
        }
    }

    [Fact]
    public async Task Chat_IsHeardOnBothSides_AsText()
    {
        var (_, customer, technician) = await BothAsync(Devices.IPhone, 390);
        await customer.Locator("#assistance input").FillAsync("My printer <b>blinks</b>");
        await customer.Keyboard.PressAsync("Enter");
        await Expect(technician.Locator(".chat li")).ToHaveTextAsync("Grace Hopper: My printer <b>blinks</b>");

        await technician.Locator("form input[name=text]").FillAsync("Is there paper in it?");
        await technician.Page.Keyboard.PressAsync("Enter");

        await Expect(customer.GetByRole(AriaRole.Log).GetByText("Is there paper in it?")).ToBeVisibleAsync();
        await customer.KeepAsync("at-active-chat");
    }

    [Theory]
    [InlineData("technician")]
    [InlineData("hold")]
    [InlineData("leave")]
    [InlineData("away")]
    public async Task Sharing_StopsAtOnce_WhoeverStopsAndHowever(string how)
    {
        var (session, customer, technician) = await BothAsync(Devices.Windows, 1280);
        await customer.EvaluateAsync(KeepTracks);
        await customer.GetByRole(AriaRole.Button, new() { Name = "Show my screen" }).ClickAsync();
        await PlaysAsync(technician);
        var video = technician.Locator("video");

        await StopAsync(how, session, customer, technician);

        await customer.WaitForFunctionAsync(HaveEnded);
        if (how != "away")
        {
            await Expect(video).ToBeHiddenAsync();
            return;
        }

        await technician.Page.GotoAsync("/assist");
        await Expect(customer.GetByText("You are showing nothing.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("outage")]
    [InlineData("proxy")]
    [InlineData("silence")]
    public async Task Sharing_StopsAsTheCustomerLeaves_ThoughNobodyHearsIt(string how)
    {
        var (session, customer, technician) = await BothAsync(Devices.Windows, 1280);
        await customer.EvaluateAsync(KeepTracks);
        await customer.GetByRole(AriaRole.Button, new() { Name = "Show my screen" }).ClickAsync();
        await PlaysAsync(technician);
        var seen = new TaskCompletionSource();
        await customer.RouteAsync("**/leave", async route =>
        {
            if (how == "silence")
                await seen.Task;
            await route.FulfillAsync(how == "outage"
                ? new() { Status = 503, ContentType = "application/problem+json", Body = """{"status":503,"code":"storeUnavailable"}""" }
                : new() { Status = 502, ContentType = "text/html", Body = "<h1>Bad gateway</h1>" });
        });

        await StopAsync("leave", session, customer, technician);

        await customer.WaitForFunctionAsync(HaveEnded);
        await Expect(technician.Locator("video")).ToBeHiddenAsync();
        await Expect(customer.Locator("#assistance")).ToBeEmptyAsync();
        seen.SetResult();
        await Expect(customer.Locator("#unheard")).ToBeVisibleAsync();
        (await session.SessionAsync()).GetProperty("status").GetString().Should().Be("active", "nobody has heard it yet");
    }

    [Fact]
    public async Task Resumed_ChatsAgain_WithANewSecret()
    {
        var (session, customer, technician) = await BothAsync(Devices.IPhone, 390);
        await session.ActAsync("hold");
        await Expect(technician).ToHaveCountAsync(0);
        await Expect(customer.Locator("#assistance")).ToBeEmptyAsync();
        await session.ActAsync("resume");

        await Expect(technician).ToHaveAttributeAsync("data-state", "here");
        await customer.Locator("#assistance input").FillAsync("I am back");
        await customer.Keyboard.PressAsync("Enter");
        await Expect(technician.Locator(".chat li")).ToHaveTextAsync("Grace Hopper: I am back");
    }

    [Fact]
    public async Task SecondWindow_TakesOver_AndSeesWhatIsShown()
    {
        var (session, customer, technician) = await BothAsync(Devices.Windows, 1280);
        await customer.GetByRole(AriaRole.Button, new() { Name = "Show my screen" }).ClickAsync();
        await PlaysAsync(technician);
        var second = await technician.Page.Context.NewPageAsync();
        await second.GotoAsync("/assist");

        await PlaysAsync(second.Locator($".assist[data-id='{session.Id}']"));
        await Expect(technician.Locator("video")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("technician")]
    [InlineData("customer")]
    [InlineData("guest")]
    public async Task Window_ThatAnotherHasTakenOver_SaysSo_AndTakesItBack(string whose)
    {
        const string Elsewhere = "This goes on in another window.";
        var (session, customer, technician) = await BothAsync(Devices.Windows, 1280);
        var guest = whose == "guest" ? await browser.OpenAsync() : null;
        if (guest is not null)
            await session.BringGuestAsync(guest, "Dr Johnson");
        var first = guest ?? (whose == "customer" ? customer : technician.Page);
        var here = PlaceOf(first);
        await Expect(here.Locator("form")).ToBeVisibleAsync();
        await Expect(here).Not.ToContainTextAsync(Elsewhere);

        var second = await first.Context.NewPageAsync();
        await second.GotoAsync(first.Url);

        var there = PlaceOf(second);
        await Expect(there.Locator("form")).ToBeVisibleAsync();
        await Expect(here).ToContainTextAsync(Elsewhere);
        await Expect(here.Locator("form")).ToBeHiddenAsync();
        await Expect(here.GetByText(whose == "guest" ? "The chat begins" : "Waiting for the customer")).ToBeHiddenAsync();
        await first.KeepAsync($"at-active-elsewhere-{whose}");
        await here.GetByRole(AriaRole.Button, new() { Name = "Go on here" }).ClickAsync();
        await Expect(there).ToContainTextAsync(Elsewhere);
        await Expect(here.Locator("form")).ToBeVisibleAsync();
        await Expect(here).Not.ToContainTextAsync(Elsewhere);
        await here.Locator("form input").FillAsync("Here again");
        await first.Keyboard.PressAsync("Enter");
        await Expect(PlaceOf(whose == "technician" ? customer : technician.Page).GetByRole(AriaRole.Log)).ToContainTextAsync(": Here again");

        ILocator PlaceOf(IPage page) => page == technician.Page || page.Url == technician.Page.Url ? page.Locator($".assist[data-id='{session.Id}']") : page.Locator("#assistance");
    }

    [Theory]
    [InlineData("technician")]
    [InlineData("customer")]
    public async Task Chat_WhileNobodyIsThere_TakesNothing(string whose)
    {
        var (_, customer, technician) = await BothAsync(Devices.Windows, 1280);
        var (form, other) = whose == "technician" ? (technician.Locator("form"), customer) : (customer.Locator("#assistance form"), technician.Page);
        await Expect(form).ToBeVisibleAsync();
        var address = other.Url;

        await other.GotoAsync("about:blank");

        await Expect(form).ToBeHiddenAsync();
        await other.GotoAsync(address);
        await Expect(form).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("technician")]
    [InlineData("customer")]
    public async Task Chat_OnALineThatIsClosing_KeepsWhatNobodyHears(string whose)
    {
        var (_, customer, technician) = await BothAsync(Devices.Windows, 1280);
        var (page, place) = whose == "technician" ? (technician.Page, technician) : (customer, customer.Locator("#assistance"));
        await page.AddInitScriptAsync("{ const opened = window.lines = []; window.WebSocket = class extends WebSocket { constructor(...given) { super(...given); opened.push(this); } }; }");
        await page.ReloadAsync();
        await Expect(place.Locator("form")).ToBeVisibleAsync();
        await place.Locator("form input").FillAsync("Can you hear me?");

        await place.Locator("form").EvaluateAsync("form => { lines.at(-1).close(); form.requestSubmit(); }");

        (await place.Locator("form input").InputValueAsync()).Should().Be("Can you hear me?");
        await Expect(place.GetByRole(AriaRole.Log)).Not.ToContainTextAsync("Can you hear me?");
        await Expect(place.Locator("form")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Technician_WhoseStreamWasRefused_AndThenSilent_HasItAgain()
    {
        TestServer.Chromium.Require();
        var session = opened = await JoinedInBrowser.CreateAsync(browser.Desk);
        var technician = await SignInElsewhereAsync();
        var asked = 0;
        var isSilent = new TaskCompletionSource();
        await technician.RouteAsync("**/rescue/sessions/events", async route =>
        {
            if (++asked == 1)
                await route.FulfillAsync(new() { Status = 502 });
            else if (asked == 2)
                isSilent.SetResult();
            else
                await route.ContinueAsync();
        });
        await technician.Clock.InstallAsync();
        await technician.GotoAsync("/assist");
        await isSilent.Task.WaitAsync(Chromium.Patience, TestContext.Current.CancellationToken);
        await technician.Clock.FastForwardAsync(30_000);
        var customer = await browser.OpenAsync();
        await customer.GotoAsync("/Customer/browser" + session.Query);
        await session.JoinAsync(customer);
        await session.ActAsync("start");
        var card = technician.Locator($".assist[data-id='{session.Id}']");
        await Expect(card).ToHaveAttributeAsync("data-state", "here");
        await session.EndAsync();

        await Expect(card).ToHaveCountAsync(0);
        await technician.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
    }

    [Fact]
    public async Task Technician_WhoIsSignedOut_IsLedToTheSignIn()
    {
        var technician = await SignInElsewhereAsync();
        await technician.RouteAsync("**/rescue/sessions/events", async route =>
        {
            await technician.Context.ClearCookiesAsync();
            await route.FulfillAsync(new() { Status = 401 });
        });
        await technician.GotoAsync("/assist");

        await technician.ExpectOpenedAsync(new("/signin"));
    }

    [Fact]
    public async Task Technician_OfALongList_HasACardForEachOfTheirOwn_ThoughItFailsAtFirst()
    {
        TestServer.Chromium.Require();
        JoinedInBrowser[] sessions = [await JoinedInBrowser.CreateAsync(browser.Desk), await JoinedInBrowser.CreateAsync(browser.Desk)];
        foreach (var session in sessions)
        {
            var customer = await browser.OpenAsync();
            await customer.GotoAsync("/Customer/browser" + session.Query);
            await session.JoinAsync(customer);
            await session.ActAsync("start");
        }

        var technician = await SignInElsewhereAsync();
        // Pages of one session are to two as pages of many are to more.
        var asked = 0;
        await technician.RouteAsync("**/rescue/sessions?*", route => ++asked switch
        {
            1 => route.FulfillAsync(new() { Status = 503 }),
            2 => route.AbortAsync(),
            _ => route.ContinueAsync(new() { Url = LimitOfAPage().Replace(route.Request.Url, "limit=1") }),
        });
        await technician.GotoAsync("/assist");

        foreach (var session in sessions)
        {
            await Expect(technician.Locator($".assist[data-id='{session.Id}']")).ToBeVisibleAsync();
            await session.EndAsync();
        }
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task Guest_TakesPartInTheChat_AndEachSeesWhoWrote(int width)
    {
        var (session, customer, technician) = await BothAsync(Devices.Windows, 1280);
        await Expect(customer.Locator("#chat-guests")).ToBeEmptyAsync();
        var guest = await browser.OpenAsync("en", width);
        await session.BringGuestAsync(guest, "Dr Johnson");
        await Expect(guest.Locator("#assistance form")).ToBeVisibleAsync();
        await Expect(guest.Locator("#assistance")).ToContainTextAsync("Here with you: Ben Okafor, Grace Hopper");
        await Expect(customer.Locator("#chat-guests")).ToHaveTextAsync("Also reads and writes here: Dr Johnson");
        await Expect(technician.Locator("[data-guests]")).ToContainTextAsync("Dr Johnson");

        await customer.Locator("#assistance input").FillAsync("My printer blinks");
        await customer.Keyboard.PressAsync("Enter");
        await Expect(guest.GetByRole(AriaRole.Log)).ToHaveTextAsync("Grace Hopper: My printer blinks");
        await technician.Locator("form input[name=text]").FillAsync("Is there paper in it?");
        await technician.Page.Keyboard.PressAsync("Enter");
        await Expect(guest.GetByRole(AriaRole.Log)).ToContainTextAsync("Ben Okafor: Is there paper in it?");
        await Expect(customer.GetByRole(AriaRole.Log)).ToContainTextAsync("Ben Okafor: Is there paper in it?");
        await guest.Locator("#assistance input").FillAsync("Look <b>behind</b> it");
        await guest.Keyboard.PressAsync("Enter");

        await Expect(customer.GetByRole(AriaRole.Log)).ToContainTextAsync("Dr Johnson (guest): Look <b>behind</b> it");
        await Expect(technician.Locator(".chat")).ToContainTextAsync("Dr Johnson (guest): Look <b>behind</b> it");
        // The name is what the guest has typed, and could be the technician's.
        await Expect(guest.GetByRole(AriaRole.Log)).ToContainTextAsync("You: Look <b>behind</b> it");
        await guest.KeepAsync($"at-active-guest-{width}");
        await customer.KeepAsync($"at-active-guest-customer-{width}");
        await technician.Page.KeepAsync($"at-active-guest-technician-{width}");
        await guest.ExpectAccessibleAsync("at-active-guest");
        await guest.ExpectNoSidewaysScrollAsync();
    }

    [Fact]
    public async Task Guest_SeesWhatTheCustomerShows_WhenTheCustomerSaysSo()
    {
        var (session, customer, technician) = await BothAsync(Devices.Windows, 1280);
        var guest = await browser.OpenAsync("en", 1280);
        await guest.Context.GrantPermissionsAsync(["camera"]);
        await session.BringGuestAsync(guest, "Dr Johnson");
        await Expect(customer.Locator("#chat-guests")).ToContainTextAsync("Dr Johnson");
        await customer.GetByRole(AriaRole.Button, new() { Name = "Show my screen" }).ClickAsync();
        await PlaysAsync(technician);
        await Expect(guest.Locator("figure")).ToBeHiddenAsync();

        await customer.GetByRole(AriaRole.Button, new() { Name = "Also show it to Dr Johnson" }).ClickAsync();
        await PlaysAsync(guest.Locator("#assistance"));
        await Expect(customer.GetByText("Your technician sees your screen. Also sees it: Dr Johnson")).ToBeVisibleAsync();
        await Expect(guest.Locator("figcaption")).ToHaveTextAsync("The customer shows you their screen.");
        await guest.KeepAsync("at-active-guest-screen");
        await customer.KeepAsync("at-active-guest-screen-customer");
        await guest.ReloadAsync();
        await PlaysAsync(guest.Locator("#assistance"));
        await customer.GetByRole(AriaRole.Button, new() { Name = "Stop showing" }).ClickAsync();

        await Expect(guest.Locator("figure")).ToBeHiddenAsync();
        await Expect(technician.Locator("figure")).ToBeHiddenAsync();
        // A yes was for what was shown then.
        await customer.GetByRole(AriaRole.Button, new() { Name = "Show my screen" }).ClickAsync();
        await PlaysAsync(technician);
        await Expect(customer.GetByRole(AriaRole.Button, new() { Name = "Also show it to Dr Johnson" })).ToBeVisibleAsync();
        await Expect(guest.Locator("figure")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("leave")]
    [InlineData("hold")]
    [InlineData("close")]
    public async Task Guest_WhoseVisitEnds_SeesAndReadsNothingMore(string how)
    {
        var (session, customer, technician) = await BothAsync(Devices.Windows, 1280);
        var guest = await browser.OpenAsync("en", 1280);
        await guest.Context.GrantPermissionsAsync(["camera"]);
        await session.BringGuestAsync(guest, "Dr Johnson");
        await customer.GetByRole(AriaRole.Button, new() { Name = "Show my screen" }).ClickAsync();
        await customer.GetByRole(AriaRole.Button, new() { Name = "Also show it to Dr Johnson" }).ClickAsync();
        await PlaysAsync(guest.Locator("#assistance"));

        if (how == "revoke")
            await session.RevokeGuestAsync();
        else if (how == "leave")
            await guest.Locator("#leave").ClickAsync();
        else
            await session.ActAsync(how);

        await Expect(guest.Locator("#assistance")).ToBeEmptyAsync();
        if (how is "revoke" or "leave")
        {
            await Expect(customer.Locator("#chat-guests")).ToBeEmptyAsync();
            await Expect(technician.Locator("[data-guests]")).ToBeHiddenAsync();
            await Expect(customer.GetByText("Your technician sees your screen.", new() { Exact = true })).ToBeVisibleAsync();
            await PlaysAsync(technician);
        }
    }

    [GeneratedRegex("limit=[0-9]+")]
    private static partial Regex LimitOfAPage();

    private static async Task StopAsync(string how, JoinedInBrowser session, IPage customer, ILocator technician)
    {
        if (how == "technician")
        {
            await technician.Locator("[data-stop]").ClickAsync();
        }
        else if (how == "away")
        {
            // Whoever is back before the server has seen them go has not gone.
            await technician.Page.GotoAsync("about:blank");
        }
        else if (how == "leave")
        {
            await customer.Locator("[data-do=leave]").ClickAsync();
            await customer.Locator("[data-do=leave-now]").ClickAsync();
        }
        else
        {
            await session.ActAsync(how);
        }
    }

    private static async Task PlaysAsync(ILocator technician)
    {
        var video = technician.Locator("video");
        await Expect(video).ToBeVisibleAsync();
        await technician.Page.WaitForFunctionAsync(Plays, await video.ElementHandleAsync());
    }

    /// <summary>A technician whose console is closed again: it asks for the same stream as the page that is tested.</summary>
    private async Task<IPage> SignInElsewhereAsync()
    {
        var technician = await browser.SignInAsync("mobile");
        await technician.GotoAsync("about:blank");
        return technician;
    }

    /// <summary>An active session with the customer's page and the technician's card for it, who hear each other.</summary>
    private async Task<(JoinedInBrowser Session, IPage Customer, ILocator Technician)> BothAsync(string userAgent, int width)
    {
        TestServer.Chromium.Require();
        var session = opened = await JoinedInBrowser.CreateAsync(browser.Desk);
        (await (await browser.Desk.SignInAsync("full")).GetAsync("/rescue/me", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var customer = await browser.OpenAsync("en", width, userAgent: userAgent);
        // Who may take pictures may know the machine's own addresses too, which is all the network there is here.
        await customer.Context.GrantPermissionsAsync(["camera"]);
        await customer.GotoAsync("/Customer/browser" + session.Query);
        await session.JoinAsync(customer);
        await session.ActAsync("start");
        var technician = await browser.SignInAsync("mobile");
        await technician.Context.GrantPermissionsAsync(["camera"]);
        await technician.GotoAsync("/assist");
        await Expect(customer.Locator("#assistance form")).ToBeVisibleAsync();
        return (session, customer, technician.Locator($".assist[data-id='{session.Id}']"));
    }
}
