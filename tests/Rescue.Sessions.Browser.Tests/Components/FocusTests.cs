using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>Where the focus is after every action: never nowhere.</summary>
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
    public async Task Keyboard_Alone_GoesFromNewSessionToItsDetails()
    {
        var page = await browser.SignInAsync("full");
        await page.Locator("#live[data-state=live]").WaitForAsync();
        await TabToAsync(page, "new-session");
        await page.Keyboard.PressAsync("Enter");
        await page.ExpectFocusAsync("customer-name");
        await page.Keyboard.TypeAsync("Keys only");
        await TabToAsync(page, "tab-email");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.ExpectFocusAsync("tab-pin");
        await TabToAsync(page, "create-submit");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
        await page.ExpectFocusAsync("created-title");

        // What is said is said in the dialog, for all beside it is inert.
        await TabToAsync(page, "copy-pin");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#create .toast")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.ExpectFocusAsync("new-session");
        var name = page.Locator("#sessions .row-name", new() { HasText = "Keys only" });
        await name.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ExpectFocusAsync("details-title");
        await TabToAsync(page, "revoke");
        await page.Keyboard.PressAsync("Escape");
        await page.ExpectFocusAsync("name");
        await Expect(name).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(IPage page, string wanted)
    {
        for (var steps = 0; steps < 40 && await page.FocusedAsync() != wanted; steps++)
            await page.Keyboard.PressAsync("Tab");
        (await page.FocusedAsync()).Should().Be(wanted);
    }
}
