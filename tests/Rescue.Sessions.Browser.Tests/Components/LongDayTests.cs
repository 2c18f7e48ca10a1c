using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>A console that stands open while the line, the computer's clock and the page around it come and go.</summary>
public class LongDayTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    [Theory]
    [InlineData("again")]
    [InlineData("anew")]
    [InlineData("in French")]
    public async Task Messages_AfterADialogWentWithItsElement_AreSeen(string shown)
    {
        var page = await browser.SignInAsync("full");
        await page.Locator("#new-session").ClickAsync();
        await Expect(page.Locator("#customer-name")).ToBeFocusedAsync();

        // As a host's router does, or one that changes the language.
        await page.EvaluateAsync(
            """
            async shown => {
              let element = document.querySelector('rescue-sessions');
              const { parentNode } = element;
              if (shown === 'in French')
                element.setAttribute('lang', 'fr');
              else {
                element.remove();
                if (shown === 'anew')
                  element = element.cloneNode();
                parentNode.append(element);
              }
              await element.ready;
              element.toast('Somebody waits');
            }
            """,
            shown);

        await page.ExpectToastAsync("Somebody waits");
        await page.Locator("#new-session").ClickAsync();
        await Expect(page.Locator("#customer-name")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("() => document.querySelector('rescue-sessions').toast('And another')");
        await page.ExpectToastAsync("And another");
    }
}
