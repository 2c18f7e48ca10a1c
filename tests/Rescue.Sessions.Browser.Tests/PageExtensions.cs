using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>What tests of the elements look at, in whichever shadow root it is.</summary>
internal static class PageExtensions
{
    /// <summary>A passing message, on the page or in the dialog that is open.</summary>
    public static Task ExpectToastAsync(this IPage page, string text) => Expect(page.Locator(".toast", new() { HasText = text }).First).ToBeVisibleAsync();
}
