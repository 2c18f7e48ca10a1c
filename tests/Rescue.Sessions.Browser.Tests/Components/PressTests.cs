using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>Between press and release of a pointer or a key much may happen; the click counts all the same, for what was pressed.</summary>
public class PressTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task NameInTheQueue_WhoseRowIsAboutToMove_OpensItsDetails(int width)
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Moving");
        var page = await OpenAsync(width);
        var row = page.Locator($"tr[data-id='{id}']");

        await PressAsync(page, row.Locator(".row-name"), () => ActAsync("mobile", id, "start"));

        await Expect(page.Locator("#details-title")).ToHaveTextAsync("Moving");
        await Expect(row).ToHaveAttributeAsync("data-status", "active");
    }

    [Fact]
    public async Task StartInTheQueue_WhileAColleagueStarts_IsAnswered()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Raced");
        var page = await OpenAsync();

        await PressAsync(page, page.Locator($"tr[data-id='{id}'] [data-action=start]"), () => ActAsync("mobile", id, "start"));

        await page.ExpectToastAsync("Ben Okafor");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ActionInTheDetails_WhichAreAboutToBeDrawnAnew_IsDone(bool byKeyboard)
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Redrawn");
        await ActAsync("full", id, "start");
        var page = await OpenAsync();
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await Expect(page.Locator("#details .history li").First).ToBeVisibleAsync();

        await PressAsync(page, page.Locator("#details [data-action=close]"), () => ActAsync("full", id, "hold"), byKeyboard);

        await Expect(page.Locator("#confirm-yes")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#details [data-action=resume]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Tab_BesideAnotherThatComes_OpensItsSession()
    {
        var first = await WaitingCustomer.ArriveAsync(browser.Desk, "First tab");
        var second = await WaitingCustomer.ArriveAsync(browser.Desk, "Second tab");
        await ActAsync("full", first, "start");
        var page = await OpenAsync();

        await PressAsync(page, page.Locator($"#active [data-id='{first}']"), () => ActAsync("full", second, "start"));

        await Expect(page.Locator("#details-title")).ToHaveTextAsync("First tab");
        await Expect(page.Locator($"#active [data-id='{second}']")).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(int width = 1280)
    {
        var page = await browser.SignInAsync("full", width: width);
        // What is shown once it is answered would move what is pressed.
        await page.SettleAsync();
        return page;
    }

    // What happens is told to the page while the button is down.
    private static async Task PressAsync(IPage page, ILocator button, Func<Task> meanwhile, bool byKeyboard = false)
    {
        await button.ScrollIntoViewIfNeededAsync();
        await page.EvaluateAsync(
            "() => document.querySelector('rescue-sessions').desk.addEventListener('happened', () => { document.documentElement.dataset.happened = ''; }, { once: true })");
        var box = (await button.BoundingBoxAsync())!;
        if (byKeyboard)
        {
            await button.FocusAsync();
            await page.Keyboard.DownAsync(" ");
        }
        else
        {
            await page.Mouse.MoveAsync(box.X + 8, box.Y + (box.Height / 2));
            await page.Mouse.DownAsync();
        }

        await meanwhile();
        await page.Locator("html[data-happened]").WaitForAsync();
        if (byKeyboard)
            await page.Keyboard.UpAsync(" ");
        else
            await page.Mouse.UpAsync();
    }

    private async Task ActAsync(string signIn, string session, string verb)
    {
        var client = await browser.Desk.SignInAsync(signIn);
        using var answer = await client.PostAsync($"/rescue/sessions/{session}/{verb}", null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
