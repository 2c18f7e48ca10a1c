using Microsoft.Playwright;
using Rescue.Sessions.TestServers;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>Every page and mail of the customer on the narrowest phone and on a wide screen, light and dark, from left to right and from right to left.</summary>
public class CustomerWidthTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("en", ColorScheme.Dark)]
    [InlineData("ar", ColorScheme.Light)]
    public async Task Pages_DoNotScrollSideways(string language, ColorScheme scheme)
    {
        TestServer.Chromium.Require();
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, reference: "T-42");
        var over = await JoinedInBrowser.CreateAsync(browser.Desk, reference: "T-43");
        await over.ActAsync("revoke");
        (string Name, string Address)[] pages =
        [
            ("landing", session.Link), ("pin", "/Customer"), ("browser", "/Customer/browser" + session.Query), ("decline", "/Customer/decline" + session.Query),
            ("another-device", "/Customer/another-device" + session.Query), ("revoked", over.Link), ("invalid", "/Customer/Code.aspx?Code=12"), ("platform", "/Customer/applet/android" + session.Query),
        ];

        foreach (var userAgent in (string[])[Devices.Windows, Devices.IPhone])
        {
            var customer = await browser.OpenAsync(language, 360, 740, scheme, userAgent);
            foreach (var (name, address) in pages)
            {
                await customer.GotoAsync(address);
                await Expect(customer.Locator("h1")).ToBeVisibleAsync();
                await KeepAtWidthsAsync(customer, $"page-{name}-{(userAgent == Devices.IPhone ? "phone" : "computer")}-{language}-{scheme}");
            }
        }

        await session.EndAsync();
    }

    [Theory]
    [InlineData("en", ColorScheme.Light, "mobile")]
    [InlineData("en", ColorScheme.Dark, "mobile")]
    [InlineData("ar", ColorScheme.Light, "mobile")]
    [InlineData("fr", ColorScheme.Light, "globex")]
    [InlineData("fr", ColorScheme.Dark, "globex")]
    public async Task Mails_DoNotScrollSideways_AndShowTheirButton(string language, ColorScheme scheme, string technician)
    {
        TestServer.Chromium.Require();
        var address = $"grace.{language}.{scheme}.{technician}@example.org";
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, technician, to: address, language: language);
        var mail = await browser.Desk.MailToAsync(address);
        var reader = await browser.OpenAsync(language, 360, 740, scheme);
        await reader.GotoAsync($"/inbox/{mail.GetProperty("id").GetString()}/html");

        await Expect(reader.Locator("a.button")).ToBeVisibleAsync();
        await Expect(reader.Locator("div").First).ToBeHiddenAsync();
        await Expect(reader.Locator("a[href*='/Customer/decline']")).ToBeVisibleAsync();
        await KeepAtWidthsAsync(reader, $"mail-{technician}-{language}-{scheme}");
        await session.EndAsync();
    }

    private static async Task KeepAtWidthsAsync(IPage page, string name)
    {
        foreach (var width in (int[])[360, 1440])
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.KeepAsync($"{name}-{width}");
            await ConsoleTests.ExpectNoSidewaysScrollAsync(page);
        }
    }
}
