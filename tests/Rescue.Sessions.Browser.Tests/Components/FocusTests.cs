using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rescue.Sessions.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>Where the focus is after every action: never nowhere, so that a session needs no mouse.</summary>
public class FocusTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task EveryAction_LeavesTheFocusSomewhere(int width)
    {
        var customer = $"Focus {width}";
        await WaitingCustomer.ArriveAsync(browser.Desk, customer);
        var page = await browser.SignInAsync("full", width: width);
        var row = page.Locator("#sessions tbody tr", new() { HasText = customer });

        // From the row: Start is gone afterwards, and the row has moved to another section.
        await row.Locator("[data-action=start]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#section-mine tr", new() { HasText = customer })).ToBeVisibleAsync();
        await page.ExpectFocusAsync("name");

        // In the details: each takes its own button away.
        await row.Locator(".row-name").PressAsync("Enter");
        await page.ExpectFocusAsync("details-title");
        foreach (var (action, next) in ((string, string)[])[("hold", "resume"), ("resume", "hold")])
        {
            await page.Locator($"#details [data-action={action}]").PressAsync("Enter");
            await Expect(page.Locator($"#details [data-action={next}]")).ToBeVisibleAsync();
            await page.ExpectFocusAsync(next, "close");
        }

        await page.Locator("#details [data-action=close]").PressAsync("Enter");
        await page.Locator("#confirm button[value=no]").PressAsync("Enter");
        await page.ExpectFocusAsync("close");
        await page.Locator("#details [data-action=reboot]").PressAsync("Enter");
        await page.Keyboard.PressAsync("Escape");
        await page.ExpectFocusAsync("reboot");

        // A transfer that is dropped, one that is offered, and one that is taken back.
        await page.Locator("#details [data-action=transfer]").PressAsync("Enter");
        await Expect(page.Locator("#transfer")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#transfer")).ToHaveCountAsync(0);
        await page.ExpectFocusAsync("transfer");
        await browser.Desk.SignInAsync("mobile");
        await page.Locator("#details [data-action=transfer]").PressAsync("Enter");
        await page.Locator("#transfer input[value=mobile]").CheckAsync();
        await page.Locator("#transfer .primary").PressAsync("Enter");
        await Expect(page.Locator("#details [data-action=takeBackTransfer]")).ToBeVisibleAsync();
        await page.ExpectFocusAsync("takeBackTransfer");
        await page.Locator("#details [data-action=takeBackTransfer]").PressAsync("Enter");
        await Expect(page.Locator("#details [data-action=hold]")).ToBeVisibleAsync();
        await page.ExpectFocusAsync("hold");

        await page.Locator("#details [data-action=close]").PressAsync("Enter");
        await page.Locator("#confirm-yes").PressAsync("Enter");
        await Expect(page.Locator("#details .chip").First).ToHaveAttributeAsync("data-status", "closed");
        (await page.FocusedAsync()).Should().NotBe("nothing");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#details-title")).ToHaveCountAsync(0);
        await page.ExpectFocusAsync("sessions", "name");
    }

    [Fact]
    public async Task MoreOfALongList_LeavesTheFocusSomewhere()
    {
        // The sessions of other tests would be a third page.
        await using var desk = await LongList.StartAsync();
        var page = await browser.SignInAsync("full", desk: desk);
        var more = page.Locator("[data-more=connecting]");
        await Expect(more).ToBeVisibleAsync();
        await more.PressAsync("Enter");
        await Expect(more).ToBeHiddenAsync();
        (await page.FocusedAsync()).Should().NotBe("nothing");
    }

    [Fact]
    public async Task RefusedCreate_LeavesTheFocusOnTheButton_AndEscapeGivesItBack()
    {
        var page = await browser.SignInAsync("no-email");
        await page.Locator("#new-session").PressAsync("Enter");
        await page.ExpectFocusAsync("customer-name");
        await page.Locator("#customer-name").FillAsync("Refused");
        await page.Locator("#tab-email").PressAsync("Enter");
        await page.Locator("input[value=onMyBehalf]").CheckAsync();
        await page.Locator("#to").FillAsync("refused@example.org");
        await page.Locator("#create-submit").PressAsync("Enter");

        await Expect(page.Locator("#create-problem li").First).ToBeVisibleAsync();
        await page.ExpectFocusAsync("create-submit");
        await page.Keyboard.PressAsync("Escape");
        await page.ExpectFocusAsync("new-session");
    }

    [Fact]
    public async Task ActionsOfAnInvitation_LeaveTheFocusSomewhere()
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full", to: "focus@example.org");
        var page = await browser.SignInAsync("full");
        var row = page.Locator($"tr[data-id='{session.Id}']");
        await row.Locator(".row-name").PressAsync("Enter");
        await page.ExpectFocusAsync("details-title");
        foreach (var key in (string[])["copy-pin", "copy-link"])
        {
            await page.Locator($"#details [data-key={key}]").PressAsync("Enter");
            await Expect(page.Locator(".toast").First).ToBeVisibleAsync();
            await Expect(page.Locator($"#details [data-key={key}]")).ToBeFocusedAsync();
        }

        await page.Locator("#details [data-action=resend]").PressAsync("Enter");
        await page.ExpectToastAsync("goes out again");
        await page.ExpectFocusAsync("resend");

        // Messages go away with their own button, one after the other. One that has the focus does not leave by itself.
        const string FocusAMessage =
            "() => { const close = document.querySelector('rescue-sessions').shadowRoot.querySelector('#toasts .close'); close?.focus(); return Boolean(close); }";
        while (await page.EvaluateAsync<bool>(FocusAMessage))
        {
            await page.Keyboard.PressAsync("Enter");
            (await page.FocusedAsync()).Should().NotBe("nothing");
        }

        await page.Locator("#details [data-action=revoke]").PressAsync("Enter");
        await page.Locator("#confirm-yes").PressAsync("Enter");
        await Expect(page.Locator("#details .chip").First).ToHaveAttributeAsync("data-status", "closed");
        (await page.FocusedAsync()).Should().NotBe("nothing");
        await page.Locator("#details .close").PressAsync("Enter");
        await page.ExpectFocusAsync("sessions", "name");

        await page.Locator("#new-session").PressAsync("Enter");
        await page.Locator("#customer-name").FillAsync("Focus, again");
        await page.Locator("#tab-pin").PressAsync("Enter");
        await page.Locator("#create-submit").PressAsync("Enter");
        await page.ExpectFocusAsync("created-title");
        await page.Locator("#create-another").PressAsync("Enter");
        await page.ExpectFocusAsync("customer-name");
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public async Task Confirmation_OfDetailsThatAreDrawnAnewMeanwhile_LeavesTheFocusSomewhere(string answer)
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, $"Confirmed {answer}");
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        await page.Locator($"tr[data-id='{id}'] .row-name").PressAsync("Enter");
        await page.ExpectFocusAsync("details-title");
        await page.Locator("#details [data-action=close]").PressAsync("Enter");
        await Expect(page.Locator("#confirm")).ToBeVisibleAsync();
        await DrawAnewAsync(id, page);
        var held = await HeldAnswers.OfAsync(page, new($"/rescue/sessions/{id}/close$"), method: "POST");

        await page.Locator($"#confirm button[value={answer}]").PressAsync("Enter");

        await Expect(page.Locator("#confirm")).ToHaveCountAsync(0);
        // The session's end may be told already, and takes the button away.
        (await page.FocusedAsync()).Should().BeOneOf("close", answer == "no" ? "close" : "details-title");
        if (answer == "no")
            return;
        await held.OnTheirWayAsync();
        (await page.FocusedAsync()).Should().NotBe("nothing");
        await held.ArriveAsync();
        await Expect(page.Locator("#details .chip").First).ToHaveAttributeAsync("data-status", "closed");
        (await page.FocusedAsync()).Should().NotBe("nothing");
    }

    [Fact]
    public async Task GuestsOfASession_LeaveTheFocusSomewhere()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Visited");
        var page = await browser.SignInAsync("full", "fr");
        await page.SettleAsync();
        await page.Locator($"tr[data-id='{id}'] .row-name").PressAsync("Enter");
        await page.ExpectFocusAsync("details-title");
        await page.Locator("[data-key=invite-guest]").PressAsync("Enter");
        await page.Locator("#guest-minutes").FillAsync("0");
        await page.Locator("#guest-name").PressAsync("Enter");
        await Expect(page.Locator("#guest-name-error")).ToHaveTextAsync("1 à 128 caractères, sans caractères de contrôle.");
        await Expect(page.Locator("#guest-minutes-error")).ToHaveTextAsync("Un nombre entier de minutes, dans la limite fixée par le service.");
        await Expect(page.Locator("#guest-minutes")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator("#guest-name")).ToBeFocusedAsync();
        await page.Locator("#guest-name").FillAsync("Katherine");
        await page.Locator("#guest-minutes").FillAsync("60");
        await Expect(page.Locator("#guest [aria-invalid]")).ToHaveCountAsync(0);
        await Expect(page.Locator("#guest-name-error")).ToBeEmptyAsync();
        await page.Locator("#guest-name").PressAsync("Enter");
        await Expect(page.Locator("#guest-link")).ToBeVisibleAsync();
        await Expect(page.Locator("#guests li")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#guest")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-key=invite-guest]")).ToBeFocusedAsync();

        await page.Locator("#guests button").PressAsync("Enter");
        await Expect(page.Locator("#confirm")).ToBeVisibleAsync();
        await DrawAnewAsync(id, page);
        await page.Locator("#confirm-yes").PressAsync("Enter");
        await Expect(page.Locator("#guests button")).ToHaveCountAsync(0);
        (await page.FocusedAsync()).Should().NotBe("nothing");
    }

    [Fact]
    public async Task FirstSession_WhoseButtonIsGoneAfterwards_LeavesTheFocusSomewhere()
    {
        await using var desk = await RunningHelpDesk.StartAsync();
        var page = await browser.SignInAsync("full", desk: desk);
        await page.Locator("#empty button").PressAsync("Enter");
        await page.Locator("#customer-name").FillAsync("The first");
        await page.Locator("#tab-pin").PressAsync("Enter");
        await page.Locator("#create-submit").PressAsync("Enter");
        await Expect(page.Locator("#created-pin")).ToBeVisibleAsync();
        await Expect(page.Locator("#empty button")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");

        await page.ExpectFocusAsync("new-session");
    }

    [Fact]
    public async Task ActionsOfAnOffer_LeaveTheFocusSomewhere()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Offered focus", "mobile");
        var colleague = await browser.Desk.SignInAsync("mobile");
        var page = await browser.SignInAsync("full");
        await page.Locator("#live[data-state=live]").WaitForAsync();
        await ActAsync("start");
        await ActAsync("transfer", new { to = "full" });
        var row = page.Locator($"tr[data-id='{id}']");
        await page.Locator(".toast", new() { HasText = "Offered focus" }).Last.GetByRole(AriaRole.Button).First.PressAsync("Enter");
        await page.ExpectFocusAsync("details-title");
        await page.Locator("#details [data-action=declineTransfer]").PressAsync("Enter");
        await Expect(row).ToHaveAttributeAsync("data-status", "active");
        await Expect(page.Locator("#details [data-action=declineTransfer]")).ToHaveCountAsync(0);
        (await page.FocusedAsync()).Should().NotBe("nothing");
        await page.Keyboard.PressAsync("Escape");

        await ActAsync("transfer", new { to = "full" });
        await row.Locator("[data-action=acceptTransfer]").PressAsync("Enter");
        await Expect(page.Locator($"#section-mine tr[data-id='{id}']")).ToBeVisibleAsync();
        await page.ExpectFocusAsync("name", "details-title");
        await page.Locator($"#active [data-id='{id}']").PressAsync("Enter");
        await page.ExpectFocusAsync("details-title");
        await page.Locator("#details [data-action=reboot]").PressAsync("Enter");
        await page.Locator("#confirm-yes").PressAsync("Enter");
        await Expect(page.Locator("#details .chip").First).ToHaveAttributeAsync("data-status", "rebooting");
        (await page.FocusedAsync()).Should().NotBe("nothing");

        async Task ActAsync(string verb, object? body = null) =>
            (await colleague.PostAsJsonAsync($"/rescue/sessions/{id}/{verb}", body ?? new { }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task TechnicianAndCustomer_FromNewSessionToItsEnd_NeedTheKeyboardAlone()
    {
        await browser.Desk.SignInAsync("mobile");
        var technician = await browser.SignInAsync("full");
        await technician.Locator("#live[data-state=live]").WaitForAsync();
        await PressAtAsync(technician, "new-session");
        await technician.ExpectFocusAsync("customer-name");
        await technician.Keyboard.TypeAsync("Keys only");
        await technician.TabToAsync("tab-email");
        await technician.Keyboard.PressAsync("ArrowRight");
        await technician.ExpectFocusAsync("tab-pin");
        await PressAtAsync(technician, "create-submit");
        await Expect(technician.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
        await technician.ExpectFocusAsync("created-title");
        var pin = (await technician.Locator("#created-pin").TextContentAsync())!;

        // What is said is said in the dialog, for all beside it is inert.
        await PressAtAsync(technician, "copy-pin");
        await Expect(technician.Locator("#create .toast")).ToBeVisibleAsync();
        await technician.Keyboard.PressAsync("Escape");
        await technician.ExpectFocusAsync("new-session");

        var customer = await browser.OpenAsync(userAgent: Devices.Windows);
        await customer.GotoAsync("/Customer/browser");
        await customer.TabToAsync("Code");
        await customer.Keyboard.TypeAsync(pin);
        await customer.Keyboard.PressAsync("Enter");
        await JoinedInBrowser.ExpectAsync(customer, "waiting");
        await customer.ExpectFocusAsync("h1");
        await PressAtAsync(customer, "leave", "button");
        await customer.ExpectFocusAsync("button");
        await customer.Keyboard.PressAsync("Enter");

        await Expect(technician.Locator("#section-waiting tr", new() { HasText = "Keys only" })).ToBeVisibleAsync();
        await PressAtAsync(technician, "start");
        await Expect(technician.Locator("#section-mine tr", new() { HasText = "Keys only" })).ToBeVisibleAsync();
        await technician.ExpectFocusAsync("name");
        await technician.Keyboard.PressAsync("Enter");
        await technician.ExpectFocusAsync("details-title");
        await PressAtAsync(technician, "hold");
        await JoinedInBrowser.ExpectAsync(customer, "onHold");
        await PressAtAsync(technician, "resume");
        await JoinedInBrowser.ExpectAsync(customer, "active");
        await PressAtAsync(technician, "transfer");
        await Expect(technician.Locator("#transfer")).ToBeVisibleAsync();
        await technician.TabToAsync("input");
        await technician.Keyboard.PressAsync("Space");
        await technician.Keyboard.PressAsync("Enter");
        await PressAtAsync(technician, "takeBackTransfer");
        await JoinedInBrowser.ExpectAsync(customer, "active");
        await PressAtAsync(technician, "close");
        await PressAtAsync(technician, "confirm-yes");

        await JoinedInBrowser.ExpectAsync(customer, "closed");
        (await customer.FocusedAsync()).Should().NotBe("nothing");
    }

    // With what an event tells, while a dialog is open.
    private async Task DrawAnewAsync(string id, IPage page)
    {
        var client = await browser.Desk.SignInAsync("full");
        using var started = await client.PostAsJsonAsync($"/rescue/sessions/{id}/start", new { }, TestContext.Current.CancellationToken);
        started.EnsureSuccessStatusCode();
        await Expect(page.Locator("#details [data-action=hold]")).ToBeVisibleAsync();
    }

    // What an action brings may come a moment later than the key.
    private static async Task PressAtAsync(IPage page, string wanted, string? called = null)
    {
        await Expect(page.Locator($"#{wanted}:visible, [data-action={wanted}]:visible, [data-do={wanted}]:visible").First).ToBeVisibleAsync();
        await page.TabToAsync(called ?? wanted);
        await page.Keyboard.PressAsync("Enter");
    }
}
