using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>A mail server that is set up wrongly: mail waits, and the technician has a way round it.</summary>
public class HeldMailTests
{
    [Fact]
    public async Task MailThatIsHeld_IsOfferedAsADraft()
    {
        await using var server = new RefusingMailServer("553 5.1.8 sender domain unknown");
        await using var browser = new BrowserFixture(
            [("Smtp__Host", "127.0.0.1"), ("Smtp__Port", server.Port.ToString(CultureInfo.InvariantCulture)), ("Smtp__Security", "None")]);
        await browser.InitializeAsync();
        await HeldAsync(browser, "en", "Open a draft instead");
        await HeldAsync(browser, "fr", "Ouvrir plutôt un brouillon");
    }

    [Fact]
    public async Task AddressThatIsRefused_IsCorrectedInPlace_WithTheFocusOnIt()
    {
        await using var server = new RefusingMailServer("550 5.1.1 no such user", "RCPT");
        await using var browser = new BrowserFixture(
            [("Smtp__Host", "127.0.0.1"), ("Smtp__Port", server.Port.ToString(CultureInfo.InvariantCulture)), ("Smtp__Security", "None")]);
        await browser.InitializeAsync();
        var page = await browser.SignInAsync("full");
        await page.Locator("#new-session").PressAsync("Enter");
        await page.Locator("#customer-name").FillAsync("Hedy");
        await page.Locator("input[value=onMyBehalf]").CheckAsync();
        await page.Locator("#to").FillAsync("hedi@example.org");
        await page.Locator("#create-submit").PressAsync("Enter");
        var correct = page.Locator("#created-correct button");
        await Expect(correct).ToBeVisibleAsync();
        await correct.PressAsync("Enter");

        await Expect(page.Locator("#to")).ToBeFocusedAsync();
        await Expect(page.Locator("#to")).ToHaveValueAsync("hedi@example.org");

        // The code in the message that went astray is good until it is taken back.
        await page.RouteAsync("**/revoke", route => route.FulfillAsync(new() { Status = 503 }));
        await page.Locator("#to").FillAsync("hedy@example.org");
        await page.Locator("#create-submit").PressAsync("Enter");
        await page.ExpectToastAsync("The former code of Hedy was not revoked. The server cannot be reached.");
        await page.UnrouteAllAsync();
        var revoked = await page.RunAndWaitForResponseAsync(() => page.Locator(".toast.error").GetByText("Revoke", new() { Exact = true }).ClickAsync(), "**/revoke");
        revoked.Status.Should().Be(200);
    }

    private static async Task HeldAsync(BrowserFixture browser, string language, string offer)
    {
        var customer = $"Hedy {language}";
        var technician = await browser.SignInAsync("full", language);
        await technician.Locator("#new-session").ClickAsync();
        await technician.Locator("#customer-name").FillAsync(customer);
        await technician.Locator("input[value=onMyBehalf]").CheckAsync();
        await technician.Locator("#to").FillAsync($"hedy.{language}@example.org");
        await technician.Locator("#create-submit").ClickAsync();
        await technician.Locator("#created .primary[data-close]").ClickAsync();
        await technician.Locator("#sessions tbody tr", new() { HasText = customer }).Locator(".row-name").ClickAsync();

        var details = technician.Locator("#details");
        await Expect(details.Locator("[data-action=draft]")).ToHaveTextAsync(offer);
        await Expect(details).ToContainTextAsync("5.1.8");
        await technician.KeepAsync($"held-{language}");
        var drafting = technician.WaitForResponseAsync(new Regex("/rescue/sessions/[0-9a-f]{32}/resend$"));
        await details.Locator("[data-action=draft]").PressAsync("Enter");

        (await (await drafting).TextAsync()).Should().Contain("mailto:");
        await Expect(technician.Locator("#sessions tbody tr", new() { HasText = customer }).Locator("[data-invitation]")).ToHaveAttributeAsync("data-invitation", "drafted");
        await Expect(details.Locator("[data-action=draft]")).ToHaveCountAsync(0);
        (await technician.FocusedAsync()).Should().NotBe("nothing");
    }
}
