using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>What tests of the elements look at, in whichever shadow root it is.</summary>
internal static class PageExtensions
{
    private const string Focused = """
        () => {
          let at = document.activeElement;
          while (at?.shadowRoot?.activeElement)
            at = at.shadowRoot.activeElement;
          return !at || at === document.body || at === document.documentElement ? 'nothing' : at.dataset.action ?? (at.id || at.localName);
        }
        """;

    /// <summary>Waits until an address is open, with the scripts that listen to what is on its page.</summary>
    public static async Task ExpectOpenedAsync(this IPage page, Regex address)
    {
        await Expect(page).ToHaveURLAsync(address);
        await page.ExpectLoadedAsync();
    }

    /// <summary>Waits until whatever page is on its way is there.</summary>
    // The driver's own wait may miss the end of loading where that comes as it begins.
    public static Task ExpectLoadedAsync(this IPage page) => page.WaitForFunctionAsync("() => document.readyState === 'complete'");

    /// <summary>Presses the first link, or another, of the mail that the sample's inbox shows; the page that it opens.</summary>
    public static async Task<IPage> OpenLinkOfMailAsync(this IPage inbox, string link = "a")
    {
        var opened = new TaskCompletionSource<IPage>(TaskCreationOptions.RunContinuationsAsynchronously);
        inbox.Context.Page += OnPage;
        try
        {
            // The mail is drawn by a process of its own: a press before the browser knows what is drawn where goes to the page around it.
            for (var tries = 1; ; tries++)
            {
                await inbox.FrameLocator("iframe.mail-html").Locator(link).First.ClickAsync();
                try
                {
                    return await opened.Task.WaitAsync(Chromium.Patience / 9);
                }
                catch (TimeoutException) when (tries < 9)
                {
                    // Pressed again.
                }
            }
        }
        finally
        {
            inbox.Context.Page -= OnPage;
        }

        void OnPage(object? sender, IPage page) => opened.TrySetResult(page);
    }

    /// <summary>Expects all of a page between its left and its right edge.</summary>
    public static async Task ExpectNoSidewaysScrollAsync(this IPage page)
    {
        // Its text is there before its style sheet.
        await page.ExpectLoadedAsync();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).Should().Be(0, page.Url);
    }

    /// <summary>A passing message, on the page or in the dialog that is open.</summary>
    public static Task ExpectToastAsync(this IPage page, string text) => Expect(page.Locator(".toast", new() { HasText = text }).First).ToBeVisibleAsync();

    /// <summary>What has the focus: an id, an action or a tag; "nothing" when it is lost.</summary>
    public static Task<string> FocusedAsync(this IPage page) => page.EvaluateAsync<string>(Focused);

    /// <summary>Waits until something else has the focus; it must be something.</summary>
    public static async Task ExpectFocusAsync(this IPage page, params string[] expected)
    {
        try
        {
            await page.WaitForFunctionAsync($"expected => expected.includes(({Focused})())", expected);
        }
        catch (TimeoutException)
        {
            // Says what has it instead.
            (await page.FocusedAsync()).Should().BeOneOf(expected);
        }
    }

    /// <summary>Goes on by the keyboard until something has the focus.</summary>
    public static async Task TabToAsync(this IPage page, string wanted)
    {
        for (var steps = 0; steps < 60 && await page.FocusedAsync() != wanted; steps++)
            await page.Keyboard.PressAsync("Tab");
        (await page.FocusedAsync()).Should().Be(wanted);
    }
}
