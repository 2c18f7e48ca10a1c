using Microsoft.Playwright;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>
/// A Chromium, started when a test first wants it. Each person gets a context of their own: nothing is shared but the process. A class of tests has one of its
/// own, so that no other class waits for its pages. Thread-safe.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
        // Pages of somebody else's have names of their own, which lead to this machine too.
        "--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.localhost 127.0.0.1",
        // Nobody sits here to be asked for a screen or a camera: both are pictures of Chromium's own, which go from page to page on this machine.
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream=display-media-type=monitor", "--auto-select-desktop-capture-source=Entire screen",
        "--allow-loopback-in-peer-connection",
    ];

    // A test says what must come; how long it takes is the machine's affair, on which others build and test.
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly SemaphoreSlim starting = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    public ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        return ValueTask.CompletedTask;
    }

    /// <summary>A browser of somebody's own; skips the test where Chromium is absent.</summary>
    public async Task<IBrowserContext> OpenContextAsync(BrowserNewContextOptions? options = null)
    {
        var executable = TestServer.Chromium.Require();
        await starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            playwright ??= await Playwright.CreateAsync();
            browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Arguments });
        }
        finally
        {
            starting.Release();
        }

        // A new context and a new page are what a browser would be waited for without end.
        var context = await browser.NewContextAsync(options).WaitAsync(Patience);
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        starting.Dispose();
    }
}
