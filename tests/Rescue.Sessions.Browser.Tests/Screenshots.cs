using Microsoft.Playwright;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>Keeps pictures of pages in the folder that RESCUE_SCREENSHOTS names, for a person to look at; does nothing without it.</summary>
internal static class Screenshots
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("RESCUE_SCREENSHOTS");

    public static Task KeepAsync(this IPage page, string name) => string.IsNullOrEmpty(Folder)
        ? Task.CompletedTask
        : page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), FullPage = true });
}
