using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>The whole way of a session without a mouse.</summary>
public class KeyboardTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
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

    // What an action brings may come a moment later than the key.
    private static async Task PressAtAsync(IPage page, string wanted, string? called = null)
    {
        await Expect(page.Locator($"#{wanted}:visible, [data-action={wanted}]:visible, [data-do={wanted}]:visible").First).ToBeVisibleAsync();
        await page.TabToAsync(called ?? wanted);
        await page.Keyboard.PressAsync("Enter");
    }
}
