using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>What axe finds on a page, in each look that a reader may have.</summary>
internal static class Accessibility
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly (string Name, ColorScheme Scheme, ForcedColors Forced)[] Looks =
        [("dark", ColorScheme.Dark, ForcedColors.None), ("forced colours", ColorScheme.Dark, ForcedColors.Active), ("light", ColorScheme.Light, ForcedColors.None)];

    // What a look can change; all other rules ask about what is the same in each.
    private static readonly string[] RulesOfColour = ["color-contrast", "link-in-text-block"];

    /// <summary>Expects nothing serious or critical, light, dark and in forced colours; leaves the page light.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">What it shows.</param>
    /// <param name="within">The part that is looked at, by the selectors that lead to it through shadow roots; null for all of the page.</param>
    /// <param name="isColoured">False where the colours have been looked at in another language.</param>
    public static async Task ExpectAccessibleAsync(this IPage page, string name, string[]? within = null, bool isColoured = true)
    {
        await page.ExpectLoadedAsync();
        if (!await page.EvaluateAsync<bool>("typeof axe === 'object'"))
            await page.EvaluateAsync(Axe);
        foreach (var look in isColoured ? Looks : Looks[^1..])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = look.Scheme, ForcedColors = look.Forced, ReducedMotion = ReducedMotion.Reduce });
            // No script runs in a message's preview: axe would wait in it for ever.
            var found = await page.EvaluateAsync<string[]>(
                """
                async ([within, rules]) => (await axe.run(within ? { fromShadowDom: within } : document, { iframes: false, resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) })).violations
                  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                  .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(', ')})`)
                """,
                new object?[] { within, look.Name == "light" ? null : RulesOfColour });
            found.Should().BeEmpty($"{name}, {look.Name}");
        }
    }
}
