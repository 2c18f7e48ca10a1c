using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>What an administrator does by hand in a browser: hands out a customer's data, and disables a technician.</summary>
public class AdministrationTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData(1280, "desktop")]
    [InlineData(390, "phone")]
    public async Task Export_FromTheDetails_SavesWhatIsStoredAboutTheCustomer(int width, string picture)
    {
        var customer = $"Hedy ({picture})";
        var admin = await browser.SignInAsync("admin", width: width);
        await CreateByPinAsync(admin, customer);
        await RowOf(admin, customer).Locator(".row-name").ClickAsync();

        var export = admin.Locator("#details [data-action=exportName]");
        await Expect(admin.Locator("#details [data-action=exportAddress]")).ToHaveCountAsync(0);
        var saved = await admin.RunAndWaitForDownloadAsync(() => export.PressAsync("Enter"));

        await admin.ExpectToastAsync($"Exported: {customer}. Sessions: 1.");
        saved.SuggestedFilename.Should().Be($"Hedy-{picture}-.json");
        using var data = JsonDocument.Parse(await File.ReadAllTextAsync(await saved.PathAsync(), TestContext.Current.CancellationToken));
        var session = data.RootElement.GetProperty("items").EnumerateArray().Should().ContainSingle().Which;
        session.GetProperty("customerName").GetString().Should().Be(customer);
        session.GetProperty("history").GetArrayLength().Should().BePositive();
        await admin.ExpectFocusAsync("exportName");
        await admin.ExpectNoSidewaysScrollAsync();
        await admin.KeepAsync($"export-{picture}");
    }

    [Fact]
    public async Task ExportAndErase_ByAddress_FindTheCustomerUnderEveryName()
    {
        var admin = await browser.SignInAsync("admin", "fr");
        var desk = await browser.Desk.SignInAsync("admin");
        var sessions = new List<string>();
        foreach (var customerName in (string[])["Katherine", "Mrs Johnson"])
        {
            var email = new { delivery = "onMyBehalf", to = "kj@example.org" };
            using var created = await desk.PostAsJsonAsync("/rescue/sessions", new { customerName, email }, TestContext.Current.CancellationToken);
            created.StatusCode.Should().Be(HttpStatusCode.Created);
            sessions.Add((await created.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString()!);
        }

        await RowOf(admin, "Katherine").Locator(".row-name").ClickAsync();
        var saved = await admin.RunAndWaitForDownloadAsync(() => admin.Locator("#details [data-action=exportAddress]").ClickAsync());

        await admin.ExpectToastAsync("Sessions : 2.");
        saved.SuggestedFilename.Should().Be("kj@example.org.json");
        await admin.KeepAsync("export-fr");

        foreach (var session in sessions)
        {
            using var revoked = await desk.PostAsync($"/rescue/sessions/{session}/revoke", null, TestContext.Current.CancellationToken);
            revoked.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        await Expect(admin.Locator("#details [data-action=revoke]")).ToHaveCountAsync(0);
        // What was said before may lie over it.
        await admin.Locator("#details [data-action=eraseAddress]").PressAsync("Enter");
        await Expect(admin.Locator("#confirm-text")).ToContainTextAsync("kj@example.org");
        await admin.Locator("#confirm-yes").PressAsync("Enter");
        await admin.ExpectToastAsync("Sessions effacées : 2.");
        await admin.GotoAsync("/technicians");
        await admin.KeepAsync("technicians-fr");
    }

    [Fact]
    public async Task Erase_FromTheDetails_TakesTheEndedSessionsAway()
    {
        var admin = await browser.SignInAsync("admin");
        await CreateByPinAsync(admin, "Rosalind");
        await RowOf(admin, "Rosalind").Locator(".row-name").ClickAsync();
        await admin.Locator("#details [data-action=revoke]").ClickAsync();
        await admin.Locator("#confirm-yes").ClickAsync();
        await Expect(admin.Locator("#details [data-action=revoke]")).ToHaveCountAsync(0);

        await admin.Locator("#details [data-action=erase]").PressAsync("Enter");
        await admin.Locator("#confirm-yes").PressAsync("Enter");

        await admin.ExpectToastAsync("Sessions erased: 1. Still open: 0.");
        await Expect(admin.Locator("#details-title")).ToHaveCountAsync(0);
        await admin.ExpectFocusAsync("sessions", "name");
    }

    [Fact]
    public async Task Export_WithoutTheRight_IsNotOffered()
    {
        var technician = await browser.SignInAsync("full");
        await CreateByPinAsync(technician, "Ida");
        await RowOf(technician, "Ida").Locator(".row-name").ClickAsync();

        await Expect(technician.Locator("#details .history")).ToBeVisibleAsync();
        await Expect(technician.Locator("#details [data-action=exportName]")).ToHaveCountAsync(0);
        await Expect(technician.Locator("a[href='/technicians']")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("mobile", 1280, "desktop")]
    [InlineData("own-client", 390, "phone")]
    public async Task Disable_Confirmed_SignsTheTechnicianOutAndEndsTheirSessions(string technician, int width, string picture)
    {
        var customer = $"Joan ({picture})";
        var disabled = await browser.SignInAsync(technician);
        var link = await CreateByPinAsync(disabled, customer);
        await using var applet = browser.Desk.RunApplet(
            await browser.Desk.DownloadAppletAsync("/Customer/applet/linux" + new Uri(link).Query), "--language", "en");
        await applet.ExpectAsync("Waiting for a technician");

        var admin = await browser.SignInAsync("admin", width: width);
        await admin.Locator("a[href='/technicians']").ClickAsync();
        // The buttons are in the page before the script that listens to them.
        await admin.ExpectOpenedAsync(new("/technicians$"));
        var row = admin.Locator($"#technicians tr[data-id={technician}]");
        await Expect(row.Locator("[data-live]")).ToHaveTextAsync("1");
        await admin.ExpectNoSidewaysScrollAsync();
        await admin.KeepAsync($"technicians-{picture}");

        // A second thought costs nothing.
        await row.Locator("[data-opens]").PressAsync("Enter");
        var dialog = admin.Locator($"#disable-{technician}");
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog.Locator("[data-live]")).ToHaveTextAsync("1");
        await admin.KeepAsync($"technicians-confirm-{picture}");
        await admin.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(row.Locator("[data-opens]")).ToBeFocusedAsync();
        await Expect(row.Locator(".chip")).ToHaveTextAsync("Enabled");

        await row.Locator("[data-opens]").ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await dialog.Locator("button[type=submit]").ClickAsync();
        await Expect(admin.Locator("#changed")).ToHaveTextAsync(new Regex(@"is disabled\.\s+Sessions ended: 1\."));
        await Expect(row.Locator(".chip")).ToHaveTextAsync("Disabled");
        await Expect(row.Locator("[data-live]")).ToHaveTextAsync("0");
        await admin.ExpectNoSidewaysScrollAsync();
        await admin.KeepAsync($"technicians-disabled-{picture}");

        await applet.ExpectAsync("The session has ended");
        (await applet.ExitCodeAsync()).Should().Be(0);
        await Expect(disabled).ToHaveURLAsync(new Regex("/signin$"));
        await Expect(disabled.Locator($"button[value={technician}]")).ToBeDisabledAsync();
        await disabled.KeepAsync($"signin-disabled-{picture}");

        await row.Locator("button[type=submit]").ClickAsync();
        await Expect(row.Locator(".chip")).ToHaveTextAsync("Enabled");
        await disabled.ReloadAsync();
        await Expect(disabled.Locator($"button[value={technician}]")).ToBeEnabledAsync();
    }

    private static ILocator RowOf(IPage page, string customer) => page.Locator("#sessions tbody tr", new() { HasText = customer });

    private static async Task<string> CreateByPinAsync(IPage page, string customer)
    {
        await page.Locator("#new-session").ClickAsync();
        await page.Locator("#customer-name").FillAsync(customer);
        await page.Locator("#tab-pin").ClickAsync();
        await page.Locator("#create-submit").ClickAsync();
        await Expect(page.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
        var link = await page.Locator("#created-link").InputValueAsync();
        await page.Locator("#created .primary[data-close]").ClickAsync();
        return link;
    }
}
