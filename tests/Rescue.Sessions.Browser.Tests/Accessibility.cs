using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>What axe finds on a page, in each look that a reader may have.</summary>
internal static class Accessibility
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly (string Name, ColorScheme Scheme, ForcedColors Forced)[] Looks =
        [("dark", ColorScheme.Dark, ForcedColors.None), ("forced colours", ColorScheme.Dark, ForcedColors.Active), ("light", ColorScheme.Light, ForcedColors.None)];

    /// <summary>Expects nothing serious or critical, light, dark and in forced colours; leaves the page light.</summary>
    public static async Task ExpectAccessibleAsync(this IPage page, string name)
    {
        if (!await page.EvaluateAsync<bool>("typeof axe === 'object'"))
            await page.EvaluateAsync(Axe);
        foreach (var look in Looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = look.Scheme, ForcedColors = look.Forced, ReducedMotion = ReducedMotion.Reduce });
            // No script runs in a message's preview: axe would wait in it for ever.
            var found = await page.EvaluateAsync<string[]>(
                """
                async () => (await axe.run({ iframes: false, resultTypes: ['violations'] })).violations
                  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                  .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(', ')})`)
                """);
            found.Should().BeEmpty($"{name}, {look.Name}");
        }
    }
}
