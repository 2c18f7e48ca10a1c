using Rescue.Sessions.TestServers;
using Microsoft.Playwright;
using Rescue.Sessions.TestHost;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>One help desk and one Chromium for the tests of a class; each person gets a browser context of their own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    internal static readonly string[] Arguments =
        ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public RunningHelpDesk Desk { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(TestServer.Chromium.Executable))
            return;
        Desk = await RunningHelpDesk.StartAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = TestServer.Chromium.Executable, Args = Arguments });
    }

    /// <summary>A person with a browser of their own.</summary>
    public async Task<IPage> OpenAsync(
        string language = "en", int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, string? userAgent = null, RunningHelpDesk? desk = null,
        bool hasTouch = false, bool runsScripts = true)
    {
        TestServer.Chromium.Require();
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = (desk ?? Desk).Address.AbsoluteUri, Locale = language, ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme,
            UserAgent = userAgent, AcceptDownloads = true, HasTouch = hasTouch, JavaScriptEnabled = runsScripts,
        });
        return await context.NewPageAsync();
    }

    public async Task<IPage> SignInAsync(
        string technician, string language = "en", int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, RunningHelpDesk? desk = null)
    {
        var page = await OpenAsync(language, width, height, scheme, desk: desk);
        await page.GotoAsync("/signin");
        await page.Locator($"button[name=technician][value={technician}]").ClickAsync();
        await page.WaitForURLAsync((desk ?? Desk).Address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (Desk is not null)
            await Desk.DisposeAsync();
    }
}
