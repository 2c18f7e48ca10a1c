using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Rescue.Sessions.TestHost;
using Rescue.Sessions.TestServers;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>
/// Every page and mail of the customer on the narrowest phone and on a wide screen, light, dark and in forced colours, from left to right and from right to left.
/// </summary>
public class CustomerLookTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Pages_AreAccessible_LeadOn_AndDoNotScrollSideways(string language)
    {
        TestServer.Chromium.Require();
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, reference: "T-42");
        var revoked = await JoinedInBrowser.CreateAsync(browser.Desk, reference: "T-43");
        await revoked.ActAsync("revoke");
        var used = await JoinedInBrowser.CreateAsync(browser.Desk, reference: "T-44");
        await used.JoinByProgramAsync(browser.Desk);
        var ended = await JoinedInBrowser.CreateAsync(browser.Desk, reference: "T-45");
        await ended.JoinByProgramAsync(browser.Desk);
        await ended.ActAsync("close");
        var uncovered = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        (string Name, string Address)[] pages =
        [
            ("landing", session.Link), ("landing-pin", $"/Customer/Code.aspx?Code={session.Pin}"), ("browser", "/Customer/browser" + session.Query), ("decline", "/Customer/decline" + session.Query),
            ("another-device", "/Customer/another-device" + session.Query), ("mobile", uncovered.Link),
        ];
        // What is the same on every device.
        (string Name, string Address)[] besides =
        [
            ("pin", "/Customer"), ("request", "/Customer/request"), ("revoked", revoked.Link), ("used", used.Link), ("browser-used", "/Customer/browser" + used.Query), ("ended", ended.Link),
            ("missing", "/Customer/Code.aspx"), ("invalid", "/Customer/Code.aspx?Code=12"), ("unknown", "/Customer/nowhere"), ("platform", "/Customer/applet/android" + session.Query),
        ];

        foreach (var (userAgent, device) in ((string, string)[])[(Devices.Windows, "computer"), (Devices.IPhone, "phone")])
        {
            var customer = await browser.OpenAsync(language, 360, 740, userAgent: userAgent);
            foreach (var (name, address) in device == "phone" ? pages : [.. pages, .. besides])
            {
                await customer.GotoAsync(address);
                await Expect(customer.Locator("h1")).ToBeVisibleAsync();
                await Expect(customer.Locator("main :is(a, form)").First).ToBeAttachedAsync();
                await LookAsync(customer, $"page-{name}-{device}-{language}", isColoured: language == "en");
            }
        }

        foreach (var open in (JoinedInBrowser[])[session, used, uncovered])
            await open.EndAsync();
    }

    [Fact]
    public async Task Pages_OfAProductThatAllowsLittle_AreAccessible_AndLeadOn()
    {
        TestServer.Chromium.Require();
        await using var desk = await RunningHelpDesk.StartAsync(
            ("Rescue__Codes__Validity", "00:00:01"), ("Rescue__Browser__Offer", "Never"), ("Rescue__Guessing__PerAddress", "1"));
        var session = await JoinedInBrowser.CreateAsync(desk);
        var customer = await browser.OpenAsync("en", 360, 740, userAgent: Devices.Windows, desk: desk);
        await customer.GotoAsync("/Customer");
        foreach (var _ in (int[])[1, 2])
        {
            await customer.Locator("#Code").FillAsync(session.WrongPin);
            await customer.Locator("button[type=submit]").ClickAsync();
            await Expect(customer.Locator("#problem")).ToBeVisibleAsync();
        }

        await Expect(customer.Locator("#problem")).ToContainTextAsync("minutes");
        await LookAsync(customer, "page-pin-too-many");
        await customer.GotoAsync("/Customer/browser" + session.Query);
        await Expect(customer.Locator("main a").First).ToBeVisibleAsync();
        await LookAsync(customer, "page-no-browser");
        await RunningHelpDesk.EventuallyAsync(async () => (await customer.GotoAsync(session.Link))!.Status == 410 ? true : (bool?)null);
        await Expect(customer.Locator("main a[href^='mailto:']")).ToBeVisibleAsync();
        await LookAsync(customer, "page-expired");
    }

    [Fact]
    public async Task Pages_WhileTheStoreIsAway_AreAccessible_AndSayWhatToDo()
    {
        TestServer.Chromium.Require();
        using var folder = new TemporaryFolder();
        await using var desk = await RunningHelpDesk.StartAsync(("Data__Folder", folder.Path));
        var session = await JoinedInBrowser.CreateAsync(desk);
        await LoseSessionsAsync(folder.Path);
        var customer = await browser.OpenAsync("en", 360, 740, userAgent: Devices.Windows, desk: desk);

        foreach (var (name, address) in ((string, string)[])[
            ("landing", session.Link), ("browser", "/Customer/browser" + session.Query), ("decline", "/Customer/decline" + session.Query), ("guest", "/guest?k=" + new string('0', 26))])
        {
            (await customer.GotoAsync(address))!.Status.Should().Be(503, name);
            await Expect(customer.Locator("main a").First).ToBeVisibleAsync();
            await LookAsync(customer, $"page-away-{name}");
        }

        await customer.GotoAsync("/Customer");
        await customer.Locator("#Code").FillAsync(session.Pin);
        await customer.Locator("button[type=submit]").ClickAsync();
        await Expect(customer.Locator("main a[href='']")).ToBeVisibleAsync();
        await LookAsync(customer, "page-away-pin");
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

    /// <summary>Every statement about sessions fails from now on.</summary>
    private static async Task LoseSessionsAsync(string folder)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "helpdesk.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "ALTER TABLE rescue_session RENAME TO rescue_session_away";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task LookAsync(IPage page, string name, bool isColoured = true)
    {
        await KeepAtWidthsAsync(page, name);
        await page.ExpectAccessibleAsync(name, isColoured: isColoured);
    }

    private static async Task KeepAtWidthsAsync(IPage page, string name)
    {
        foreach (var width in (int[])[360, 1440])
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.KeepAsync($"{name}-{width}");
            await page.ExpectNoSidewaysScrollAsync();
        }
    }
}
