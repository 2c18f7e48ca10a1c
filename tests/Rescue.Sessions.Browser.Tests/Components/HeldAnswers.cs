using System.Text.RegularExpressions;
using System.Threading.Channels;
using Microsoft.Playwright;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>Answers of the server that are on their way for as long as a test wants.</summary>
internal sealed class HeldAnswers(IPage page, int count, string method)
{
    private readonly TaskCompletionSource released = new();
    private readonly Channel<IRoute> given = Channel.CreateUnbounded<IRoute>();
    private readonly Channel<IRoute> arrived = Channel.CreateUnbounded<IRoute>();
    private int asked;

    /// <summary>Holds the next answers of the address to one method; those after them pass.</summary>
    public static async Task<HeldAnswers> OfAsync(IPage page, Regex address, int count = 1, string method = "GET")
    {
        var held = new HeldAnswers(page, count, method);
        await page.RouteAsync(address, held.HoldAsync);
        return held;
    }

    /// <summary>Waits until the server has given them all.</summary>
    public async Task OnTheirWayAsync()
    {
        for (var each = 0; each < count; each++)
            await given.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Chromium.Patience);
    }

    /// <summary>Lets them arrive, and waits until the page has done with them what it does.</summary>
    public async Task ArriveAsync()
    {
        released.SetResult();
        for (var each = 0; each < count; each++)
            await arrived.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Chromium.Patience);
        await page.EvaluateAsync("async () => { await (await fetch('/rescue/presence')).json(); await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame); }");
    }

    private async Task HoldAsync(IRoute route)
    {
        if (route.Request.Method != method || Interlocked.Increment(ref asked) > count)
        {
            await route.ContinueAsync();
            return;
        }

        var answer = await route.FetchAsync();
        given.Writer.TryWrite(route);
        await released.Task;
        await route.FulfillAsync(new() { Response = answer });
        arrived.Writer.TryWrite(route);
    }
}
