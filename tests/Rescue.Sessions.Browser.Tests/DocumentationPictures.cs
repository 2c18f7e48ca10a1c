using System.Globalization;
using Microsoft.Playwright;
using Rescue.Sessions.Browser.Tests.Components;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>
/// Takes the pictures of docs/images into the folder that RESCUE_PICTURES names; nothing is tested, so it runs only when it is asked for:
/// <c>dotnet run --project tests/Rescue.Sessions.Browser.Tests -- -explicit only</c>.
/// </summary>
public sealed class DocumentationPictures
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("RESCUE_PICTURES");

    [Fact(Explicit = true)]
    public async Task MainPages_OnAPhoneAndOnAWideScreen()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Folder), "RESCUE_PICTURES names no folder.");
        await using var browser = new PatientBrowser();
        await browser.InitializeAsync();
        var session = await QueueAsync(browser);
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (360, 780)])
        {
            await ConsoleAsync(browser, width, height);
            await SettingsAsync(browser, width, height);
            await CustomerAsync(browser, session, width, height);
        }

        var dark = await browser.SignInAsync("mobile", width: 1440, scheme: ColorScheme.Dark);
        await dark.Locator("#section-connecting .row-name").First.ClickAsync();
        await Expect(dark.Locator("#details-pin")).ToBeVisibleAsync();
        await TakeAsync(dark, "console-dark", 1440);
    }

    // A queue as it may be at some moment; answers a session whose customer is yet to come.
    private static async Task<JoinedInBrowser> QueueAsync(PatientBrowser browser)
    {
        foreach (var name in (string[])["Ada Lovelace", "Tomás Núñez"])
            await WaitingCustomer.ArriveAsync(browser.Desk, name, "mobile");
        foreach (var (name, technician) in ((string, string)[])[("Katherine Johnson", "mobile"), ("Joan Clarke", "full")])
        {
            var id = await WaitingCustomer.ArriveAsync(browser.Desk, name, technician);
            (await (await browser.Desk.SignInAsync(technician)).PostAsync($"/rescue/sessions/{id}/start", null)).EnsureSuccessStatusCode();
        }

        var session = await JoinedInBrowser.CreateAsync(browser.Desk, to: "grace@example.org", reference: "T-1042");
        await browser.Desk.MailToAsync("grace@example.org");
        return session;
    }

    private static async Task ConsoleAsync(PatientBrowser browser, int width, int height)
    {
        var page = await browser.SignInAsync("mobile", width: width, height: height);
        await page.Locator("#live[data-state=live]").WaitForAsync();
        if (width < 1000)
            await TakeAsync(page, "console", width);
        await page.Locator("#section-waiting .row-name").First.ClickAsync();
        await Expect(page.Locator("#details .history")).ToBeVisibleAsync();
        await TakeAsync(page, width < 1000 ? "details" : "console", width);
        await page.Locator("#details .close").ClickAsync();
        await page.Locator("#section-connecting .row-name").First.ClickAsync();
        await Expect(page.Locator("#details-pin")).ToBeVisibleAsync();
        if (width > 1000)
            await TakeAsync(page, "details", width);
        await page.Locator("#details .close").ClickAsync();
        await page.Locator("#new-session").ClickAsync();
        await page.Locator("#customer-name").FillAsync("Hedy Lamarr");
        await page.Locator("#reference").FillAsync("T-1043");
        await page.Locator("input[value=onMyBehalf]").CheckAsync();
        await page.Locator("#to").FillAsync("hedy@example.org");
        await TakeAsync(page, "create", width);
    }

    private static async Task SettingsAsync(PatientBrowser browser, int width, int height)
    {
        var page = await browser.SignInAsync("admin", width: width, height: height);
        await page.GotoAsync("/settings");
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        await TakeAsync(page, "settings", width);
        await page.Locator("[data-section=template]").ClickAsync();
        await Expect(page.Locator("#preview-text")).Not.ToBeEmptyAsync();
        // A preview in colour takes much of a picture.
        await page.SetViewportSizeAsync(width, 740);
        await page.Locator("[data-section=template]").ClickAsync();
        await TakeAsync(page, "template", width);
    }

    private static async Task CustomerAsync(PatientBrowser browser, JoinedInBrowser session, int width, int height)
    {
        var isPhone = width < 1000;
        var customer = await browser.OpenAsync("en", width, height, userAgent: isPhone ? Devices.IPhone : Devices.Windows, hasTouch: isPhone);
        var mail = await browser.Desk.MailToAsync("grace@example.org");
        await customer.GotoAsync($"/inbox/{mail.GetProperty("id").GetString()}/html");
        await TakeAsync(customer, "mail", width);
        await customer.GotoAsync(session.Link);
        await TakeAsync(customer, "landing", width);
        var joining = await JoinedInBrowser.CreateAsync(browser.Desk);
        await customer.GotoAsync("/Customer/browser" + joining.Query);
        await joining.JoinAsync(customer);
        await TakeAsync(customer, "browser-waiting", width);
        await joining.EndAsync();
    }

    private static async Task TakeAsync(IPage page, string name, int width) =>
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, string.Create(CultureInfo.InvariantCulture, $"{name}-{width}.png")) });
}
