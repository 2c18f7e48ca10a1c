using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>A console for which nothing is on its way any more that it asks for when its line opens.</summary>
internal static class SettledConsole
{
    /// <summary>Waits for the line, and until the answers are here or count for nothing: no late one comes between what a test does next.</summary>
    public static async Task SettleAsync(this IPage page)
    {
        await page.Locator("#live[data-state=live]").WaitForAsync();
        await Expect(page.Locator("#presence select")).ToBeVisibleAsync();
        await page.EvaluateAsync("async () => { const { desk } = document.querySelector('rescue-sessions'); await Promise.all([desk.loadMe(), desk.sessions.load()]); }");
    }
}
