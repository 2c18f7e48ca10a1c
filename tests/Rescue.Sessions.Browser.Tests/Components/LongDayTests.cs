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

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(30)]
    public async Task Clock_OfTheComputerThatIsPutRight_CountsAsTheServersAgain(int seconds)
    {
        var page = await browser.SignInAsync("full");
        await page.Locator("#live[data-state=live]").WaitForAsync();

        var away = await page.EvaluateAsync<double[]>(
            """
            seconds => {
              const { clock } = document.querySelector('rescue-sessions').desk;
              return [seconds, 0].map(ahead => {
                clock.learn(new Date(Date.now() + ahead * 1000).toUTCString());
                return (clock.now - Date.now()) / 1000;
              });
            }
            """,
            seconds);

        away[0].Should().BeApproximately(seconds, 2);
        away[1].Should().BeApproximately(0, 2);
    }
}
