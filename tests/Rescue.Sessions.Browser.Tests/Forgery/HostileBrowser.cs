using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Rescue.Sessions.Browser.Tests.Forgery;

/// <summary>A server of hostile pages, and the browser of a technician who opens them.</summary>
public sealed class HostileBrowser : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly Chromium chromium = new();
    private readonly LoopbackServer pages = new(Map);

    public async ValueTask InitializeAsync()
    {
        await chromium.InitializeAsync();
        await pages.StartAsync();
    }

    /// <summary>A technician signs in and then opens a hostile page, which tries its share of everything.</summary>
    /// <param name="patience">How long a form that brings no page is waited for: what is refused brings one, and then it may be long.</param>
    internal async Task<ForgeryAttempt> AttackAsync(ForgeryTarget target, RequestLog requests, string technician, string topLevel, HostileOrigin origin, (int Part, int Parts) share, TimeSpan patience)
    {
        var product = target.Address(topLevel);
        await using var context = await chromium.OpenContextAsync();
        var page = await context.NewPageAsync().WaitAsync(Chromium.Patience);
        await page.GotoAsync(new Uri(product, "/signin").AbsoluteUri);
        // The console is not opened: it would go on talking to the product.
        await page.EvaluateAsync("technician => fetch('/signin', { method: 'POST', body: new URLSearchParams({ technician }), redirect: 'manual' })", technician);
        var before = await CookiesAsync();
        before.Should().Contain(cookie => cookie.StartsWith("helpdesk=", StringComparison.Ordinal), "somebody is signed in");

        await page.GotoAsync(new UriBuilder("http", $"{origin.Host}.{topLevel}", Port, "/").Uri.AbsoluteUri + (origin.HidesReferrer ? "?referrer=no" : ""));
        var frame = origin.IsOpaque ? await (await page.QuerySelectorAsync("iframe"))!.ContentFrameAsync() : page.MainFrame;
        requests.IsListening = true;
        await frame!.EvaluateAsync("([base, routes, part, parts, patience]) => attack(base, JSON.parse(routes), part, parts, patience)", new object[]
        {
            product.AbsoluteUri.TrimEnd('/'), JsonSerializer.Serialize(target.Routes, Web), share.Part, share.Parts, patience.TotalMilliseconds,
        });
        requests.IsListening = false;
        return new(before, await CookiesAsync());

        async Task<IReadOnlyList<string>> CookiesAsync() =>
            [.. (await context.CookiesAsync([product.AbsoluteUri])).Select(cookie => $"{cookie.Name}={cookie.Value}").Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        await pages.DisposeAsync();
    }

    private int Port => pages.Address.Port;

    private static void Map(WebApplication app)
    {
        var script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Forgery", "attack.js"));
        app.MapGet("/", (HttpContext http) =>
        {
            if (http.Request.Query.ContainsKey("referrer"))
                http.Response.Headers["Referrer-Policy"] = "no-referrer";
            return Results.Content($"""<!doctype html><script>{script}</script><iframe sandbox="allow-scripts allow-forms" src="/sandbox"></iframe>""", "text/html");
        });
        app.MapGet("/sandbox", () => Results.Content($"<!doctype html><script>{script}</script>", "text/html"));
    }
}
