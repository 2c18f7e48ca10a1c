using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>What axe finds on every view of the elements, and whether it fits, in every scheme and at every width.</summary>
public class LookTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Console_EveryView_IsAccessibleAndFits(int width)
    {
        var waiting = await WaitingCustomer.ArriveAsync(browser.Desk, "Ada Lovelace, of the house with the long name");
        var page = await browser.SignInAsync("full", width: width);
        await Expect(page.Locator($"tr[data-id='{waiting}']")).ToBeVisibleAsync();
        await LookAsync(page, $"look-queue-{width}");
        await page.Locator($"tr[data-id='{waiting}'] .row-name").ClickAsync();
        await Expect(page.Locator("#details .history")).ToBeVisibleAsync();
        await LookAsync(page, $"look-details-{width}");
        await page.Locator("#details [data-action=start]").ClickAsync();
        await Expect(page.Locator("#details [data-action=hold]")).ToBeVisibleAsync();
        await page.Locator("#details [data-action=transfer]").ClickAsync();
        await Expect(page.Locator("#transfer")).ToBeVisibleAsync();
        await LookAsync(page, $"look-transfer-{width}");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#details .close").ClickAsync();
        await page.Locator("#new-session").ClickAsync();
        await page.Locator("#customer-name").FillAsync("Ada");
        await LookAsync(page, $"look-create-{width}");
        await page.Locator("#tab-pin").ClickAsync();
        await page.Locator("#create-submit").ClickAsync();
        await Expect(page.Locator("#created-title")).ToBeVisibleAsync();
        await LookAsync(page, $"look-created-{width}");
        await page.Locator("#created .primary[data-close]").ClickAsync();
        await page.Locator("#section-connecting .row-name").First.ClickAsync();
        await Expect(page.Locator("#details-pin")).ToBeVisibleAsync();
        await LookAsync(page, $"look-code-{width}");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Settings_AreAccessibleAndFit(int width)
    {
        var page = await browser.SignInAsync("admin", width: width);
        await page.GotoAsync("/settings");
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        await page.Locator(".group summary").First.ClickAsync();
        await page.Locator("#functions-details summary").ClickAsync();
        await page.Locator("#template-text").FillAsync("Hello {{ customer.nam }}\n");
        await Expect(page.Locator("#problems [data-code=unknown-name] .line")).ToHaveTextAsync("Hello {{ customer.nam }}");
        await LookAsync(page, $"look-settings-{width}");
    }

    [Fact]
    public async Task PagesOfTheSample_AreAccessibleAndFit()
    {
        await JoinedInBrowser.CreateAsync(browser.Desk, "full", to: "look@example.org");
        var mail = await browser.Desk.MailToAsync("look@example.org");
        var page = await browser.SignInAsync("admin", width: 360);
        foreach (var address in (string[])["/technicians", "/assist", "/inbox", $"/inbox/{mail.GetProperty("id").GetString()}", "/signin"])
        {
            await page.GotoAsync(address);
            await LookAsync(page, $"look{address[..Math.Min(12, address.Length)].Replace('/', '-')}-360");
        }

        await page.GotoAsync("/technicians");
        await page.Locator("[data-opens]").First.ClickAsync();
        await Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
        await LookAsync(page, "look-technicians-dialog-360");
    }

    private static async Task LookAsync(IPage page, string name)
    {
        await page.KeepAsync(name);
        await page.ExpectNoSidewaysScrollAsync();
        await page.ExpectAccessibleAsync(name);
    }
}
