using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>Whether a host's theme reaches by parts what the elements show, also in the elements within them.</summary>
public class ThemeTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    // What looks like each part, and is seen. Tabs, and buttons that look like a cross, a switch or a link, are no buttons to a theme.
    private const string Unreached = """
        () => {
          const looks = {
            button: 'button:not(.close, .switch, .link, .row-name, [role=tab], .strip button), a.button',
            primary: 'button.primary', danger: 'button.danger', dialog: 'dialog:not(.panel)', code: '.code', status: '.chip[data-status]', toasts: '.toasts',
            card: '.card', toolbar: '.toolbar', tabs: '.strip', list: '.list', details: 'rescue-session', sections: 'nav.sections',
          };
          if (!document.adoptedStyleSheets.length) {
            const sheet = new CSSStyleSheet();
            for (const part of Object.keys(looks)) {
              CSS.registerProperty({ name: `--reached-${part}`, syntax: '*', inherits: false });
              for (const host of ['rescue-sessions', 'rescue-settings'])
                sheet.insertRule(`${host}::part(${part}) { --reached-${part}: yes }`);
            }
            document.adoptedStyleSheets = [sheet];
          }
          const unreached = new Set();
          const look = root => {
            for (const [part, selector] of Object.entries(looks))
              for (const element of root.querySelectorAll(selector))
                if (root !== document && element.checkVisibility() && !getComputedStyle(element).getPropertyValue(`--reached-${part}`))
                  unreached.add(`${part}: ${element.id || element.className || element.textContent}`);
            for (const element of root.querySelectorAll('*'))
              if (element.shadowRoot)
                look(element.shadowRoot);
          };
          look(document);
          return [...unreached];
        }
        """;

    [Fact]
    public async Task Console_EveryView_IsReachedByParts()
    {
        var waiting = await WaitingCustomer.ArriveAsync(browser.Desk, "Ada");
        var page = await browser.SignInAsync("full");
        await page.Locator($"tr[data-id='{waiting}'] .row-name").ClickAsync();
        await page.Locator("#details [data-action=start]").ClickAsync();
        await Expect(page.Locator("#details [data-action=hold]")).ToBeVisibleAsync();
        await ExpectReachedAsync(page);
        await page.Locator("#details [data-action=transfer]").ClickAsync();
        await Expect(page.Locator("#transfer")).ToBeVisibleAsync();
        await ExpectReachedAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#details [data-action=close]").ClickAsync();
        await Expect(page.Locator("#confirm")).ToBeVisibleAsync();
        await ExpectReachedAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#new-session").ClickAsync();
        await page.Locator("#customer-name").FillAsync("Ada");
        await ExpectReachedAsync(page);
        await page.Locator("#create-submit").ClickAsync();
        await Expect(page.Locator("#created-title")).ToBeVisibleAsync();
        await ExpectReachedAsync(page);
        await page.Locator("#created .primary[data-close]").ClickAsync();
        await page.Locator("#section-connecting .row-name").First.ClickAsync();
        await Expect(page.Locator("#details-pin")).ToBeVisibleAsync();
        await ExpectReachedAsync(page);
    }

    [Fact]
    public async Task Settings_EverySection_IsReachedByParts()
    {
        var page = await browser.SignInAsync("admin");
        await page.GotoAsync("/settings");
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        await ExpectReachedAsync(page);
    }

    private static async Task ExpectReachedAsync(IPage page) => (await page.EvaluateAsync<string[]>(Unreached)).Should().BeEmpty();
}
