using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rescue.Sessions.TestHost;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>A help desk for the tests of a class, and people who open it in browsers of their own.</summary>
public class BrowserFixture : IAsyncLifetime
{
    private readonly Chromium chromium = new();
    private readonly (string Name, string Value)[] settings;
    private readonly List<IBrowserContext> opened = [];
    private string? test;

    public BrowserFixture()
        : this([])
    {
    }

    /// <param name="settings">The sample's settings by name, as in <c>Smtp__Host</c>.</param>
    internal BrowserFixture((string Name, string Value)[] settings) => this.settings = settings;

    public RunningHelpDesk Desk { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await chromium.InitializeAsync();
        if (File.Exists(TestServer.Chromium.Executable))
            Desk = await RunningHelpDesk.StartAsync(settings);
    }

    /// <summary>A person with a browser of their own.</summary>
    public async Task<IPage> OpenAsync(
        string language = "en", int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, string? userAgent = null, RunningHelpDesk? desk = null,
        bool hasTouch = false, bool runsScripts = true)
    {
        TestServer.Chromium.Require();
        await CloseWhatTheTestBeforeLeftAsync();
        var context = await chromium.OpenContextAsync(new()
        {
            BaseURL = (desk ?? Desk).Address.AbsoluteUri, Locale = language, ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme,
            UserAgent = userAgent, AcceptDownloads = true, HasTouch = hasTouch, JavaScriptEnabled = runsScripts, ReducedMotion = ReducedMotion.Reduce,
        });
        opened.Add(context);
        return await context.NewPageAsync().WaitAsync(Chromium.Patience);
    }

    /// <summary>Signs in, as the form does, and opens the console.</summary>
    public async Task<IPage> SignInAsync(
        string technician, string language = "en", int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, RunningHelpDesk? desk = null)
    {
        var page = await OpenAsync(language, width, height, scheme, desk: desk);
        var form = page.APIRequest.CreateFormData();
        form.Set("technician", technician);
        await page.APIRequest.PostAsync("/signin", new() { Form = form, MaxRedirects = 0 });
        await page.GotoAsync("/");
        page.Url.Should().Be((desk ?? Desk).Address.AbsoluteUri, "nobody who has signed in is sent to the sign-in");
        return page;
    }

    /// <summary>Signs in with the button of the page.</summary>
    public async Task<IPage> SignInByHandAsync(string technician, string language = "en")
    {
        var page = await OpenAsync(language);
        await page.GotoAsync("/signin");
        await page.Locator($"button[name=technician][value={technician}]").ClickAsync();
        await page.ExpectOpenedAsync(new($"^{Regex.Escape(Desk.Address.AbsoluteUri)}$"));
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in opened)
            await context.CloseAsync();
        await chromium.DisposeAsync();
        if (Desk is not null)
            await Desk.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    // The tests of a class run one after the other. A page that stays open goes on listening, asking and drawing.
    private async Task CloseWhatTheTestBeforeLeftAsync()
    {
        if (test == TestContext.Current.Test?.UniqueID)
            return;
        test = TestContext.Current.Test?.UniqueID;
        foreach (var context in opened)
            await context.CloseAsync();
        opened.Clear();
    }
}
