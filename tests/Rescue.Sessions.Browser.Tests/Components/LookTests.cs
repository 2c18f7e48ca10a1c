using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>What axe finds on every view of the elements, and whether it fits, in every scheme and at every width.</summary>
public class LookTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    [Theory]
    [InlineData(1440, ColorScheme.Light, ForcedColors.None)]
    [InlineData(1440, ColorScheme.Dark, ForcedColors.Active)]
    [InlineData(360, ColorScheme.Dark, ForcedColors.None)]
    public async Task Console_EveryView_IsAccessibleAndFits(int width, ColorScheme scheme, ForcedColors forced)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{width}-{scheme}{(forced == ForcedColors.Active ? "-forced" : "")}");
        var waiting = await WaitingCustomer.ArriveAsync(browser.Desk, "Ada Lovelace, of the house with the long name");
        var page = await browser.SignInAsync("full", width: width, scheme: scheme);
        await page.EmulateMediaAsync(new() { ForcedColors = forced, ReducedMotion = ReducedMotion.Reduce });
        await Expect(page.Locator($"tr[data-id='{waiting}']")).ToBeVisibleAsync();
        await LookAsync(page, $"look-queue-{name}");
        await page.Locator($"tr[data-id='{waiting}'] .row-name").ClickAsync();
        await Expect(page.Locator("#details .history")).ToBeVisibleAsync();
        await LookAsync(page, $"look-details-{name}");
        await page.Locator("#details [data-action=start]").ClickAsync();
        await page.Locator("#details [data-action=transfer]").ClickAsync();
        await Expect(page.Locator("#transfer")).ToBeVisibleAsync();
        await LookAsync(page, $"look-transfer-{name}");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#details .close").ClickAsync();
        await page.Locator("#new-session").ClickAsync();
        await page.Locator("#customer-name").FillAsync("Ada");
        await LookAsync(page, $"look-create-{name}");
        await page.Locator("#tab-pin").ClickAsync();
        await page.Locator("#create-submit").ClickAsync();
        await Expect(page.Locator("#created-title")).ToBeVisibleAsync();
        await LookAsync(page, $"look-created-{name}");
        await page.Locator("#created .primary[data-close]").ClickAsync();
        await page.Locator("#section-connecting .row-name").First.ClickAsync();
        await Expect(page.Locator("#details-pin")).ToBeVisibleAsync();
        await LookAsync(page, $"look-code-{name}");
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light, ForcedColors.None)]
    [InlineData(1440, ColorScheme.Dark, ForcedColors.None)]
    [InlineData(360, ColorScheme.Dark, ForcedColors.Active)]
    public async Task Settings_AreAccessibleAndFit(int width, ColorScheme scheme, ForcedColors forced)
    {
        var page = await browser.SignInAsync("admin", width: width, scheme: scheme);
        await page.EmulateMediaAsync(new() { ForcedColors = forced, ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync("/settings");
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        await page.Locator(".group summary").First.ClickAsync();
        await page.Locator("#functions-details summary").ClickAsync();
        await page.Locator("#template-text").FillAsync("Hello {{ customer.nam }}\n");
        await Expect(page.Locator("#problems [data-code=unknown-name] .line")).ToHaveTextAsync("Hello {{ customer.nam }}");
        await LookAsync(page, string.Create(CultureInfo.InvariantCulture, $"look-settings-{width}-{scheme}{(forced == ForcedColors.Active ? "-forced" : "")}"));
    }

    private static async Task LookAsync(IPage page, string name)
    {
        await page.KeepAsync(name);
        await ConsoleTests.ExpectNoSidewaysScrollAsync(page);
        // No script runs in a message's preview: axe would wait in it for ever.
        await page.Locator("#preview-html").EvaluateAllAsync<int>("frames => frames.map(frame => frame.remove()).length");
        var found = await page.RunAxe();
        found.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help} ({string.Join(", ", violation.Nodes.Select(node => node.Target))})")
            .Should().BeEmpty(name);
    }
}
