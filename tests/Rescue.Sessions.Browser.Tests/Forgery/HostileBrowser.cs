using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Browser.Tests.Forgery;

/// <summary>A Chromium for which every name below <c>.test</c> and <c>.localhost</c> is this machine, and a server of hostile pages.</summary>
public sealed class HostileBrowser : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly WebApplication pages = Pages();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(TestServer.Chromium.Executable))
            return;
        await pages.StartAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = TestServer.Chromium.Executable,
            Args = [.. BrowserFixture.Arguments, "--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.localhost 127.0.0.1"],
        });
    }

    /// <summary>A technician signs in and then opens a hostile page, which tries its share of everything.</summary>
    internal async Task<ForgeryAttempt> AttackAsync(ForgeryTarget target, RequestLog requests, string technician, string topLevel, HostileOrigin origin, (int Part, int Parts) share)
    {
        TestServer.Chromium.Require();
        var product = target.Address(topLevel);
        await using var context = await browser!.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(product, "/signin").AbsoluteUri);
        await page.Locator($"button[name=technician][value={technician}]").ClickAsync();
        await page.WaitForURLAsync(product.AbsoluteUri);
        // The console would go on talking to the product.
        await page.GotoAsync("about:blank");
        var before = await CookiesAsync();

        await page.GotoAsync(new UriBuilder("http", $"{origin.Host}.{topLevel}", Port, "/").Uri.AbsoluteUri + (origin.HidesReferrer ? "?referrer=no" : ""));
        var frame = origin.IsOpaque ? await (await page.QuerySelectorAsync("iframe"))!.ContentFrameAsync() : page.MainFrame;
        requests.IsListening = true;
        await frame!.EvaluateAsync("([base, routes, part, parts]) => attack(base, JSON.parse(routes), part, parts)", new object[]
        {
            product.AbsoluteUri.TrimEnd('/'), JsonSerializer.Serialize(target.Routes, Web), share.Part, share.Parts,
        });
        requests.IsListening = false;
        return new(before, await CookiesAsync());

        async Task<IReadOnlyList<string>> CookiesAsync() =>
            [.. (await context.CookiesAsync([product.AbsoluteUri])).Select(cookie => $"{cookie.Name}={cookie.Value}").Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        await pages.DisposeAsync();
    }

    private int Port => new Uri(pages.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    private static WebApplication Pages()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Forgery", "attack.js"));
        app.MapGet("/", (HttpContext http) =>
        {
            if (http.Request.Query.ContainsKey("referrer"))
                http.Response.Headers["Referrer-Policy"] = "no-referrer";
            return Results.Content($"""<!doctype html><script>{script}</script><iframe sandbox="allow-scripts allow-forms" src="/sandbox"></iframe>""", "text/html");
        });
        app.MapGet("/sandbox", () => Results.Content($"<!doctype html><script>{script}</script>", "text/html"));
        return app;
    }
}
