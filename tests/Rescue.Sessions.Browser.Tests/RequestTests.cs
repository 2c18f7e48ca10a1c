using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rescue.Sessions.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>Customers who ask for help without an invitation, and the technicians who take them up.</summary>
public class RequestTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("en", "You are in the queue", "Asked for help")]
    [InlineData("fr", "Vous êtes dans la file d’attente", "Demande d’aide")]
    public async Task FromThePageToActive(string language, string waiting, string mark)
    {
        var technician = await browser.SignInAsync("mobile", language);
        await technician.Locator("#live[data-state=live]").WaitForAsync();
        var name = $"Grace of {language}";
        var customer = await browser.OpenAsync(language, 390, 844, userAgent: Devices.IPhone, hasTouch: true);
        await customer.GotoAsync("/");
        await customer.Locator("a[href='/Customer/request']").ClickAsync();
        await Expect(customer.Locator("h1")).ToBeVisibleAsync();
        await customer.KeepAsync($"request-{language}");
        await customer.Locator("#name").FillAsync(name);
        await customer.Locator("#topic").FillAsync("The printer\nprints nothing.");
        await customer.Locator("#email").FillAsync("grace@example.org");
        await customer.Locator("form button").ClickAsync();

        // The fragment that lets the page join is used up, and the customer has typed no PIN.
        await JoinedInBrowser.ExpectAsync(customer, "waiting");
        await Expect(customer.Locator("h1")).ToHaveTextAsync(waiting);
        await Expect(customer).ToHaveURLAsync(new Regex("/Customer/browser\\?[^#]+$"));
        await Expect(customer.Locator("[data-section=waiting]")).ToContainTextAsync("Acme Support");
        await customer.KeepAsync($"request-waiting-{language}");
        await customer.ReloadAsync();
        await JoinedInBrowser.ExpectAsync(customer, "waiting");
        var row = technician.Locator("#section-waiting tr", new() { HasText = name });
        await Expect(row.Locator("[data-asked]")).ToHaveTextAsync(mark);
        await row.Locator(".row-name").ClickAsync();
        await Expect(technician.Locator("#details")).ToContainTextAsync("The printer prints nothing.");
        await Expect(technician.Locator("#details")).ToContainTextAsync("grace@example.org");
        await technician.KeepAsync($"request-console-{language}");
        await technician.ExpectAccessibleAsync($"request-console-{language}");
        await technician.Locator("#details [data-action=start]").ClickAsync();

        await JoinedInBrowser.ExpectAsync(customer, "active");
        await Expect(row).ToHaveCountAsync(0);
        await technician.Locator("#details [data-action=close]").ClickAsync();
        await technician.Locator("#confirm-yes").ClickAsync();
        await JoinedInBrowser.ExpectAsync(customer, "closed");
        await Expect(customer.Locator("[data-section=closed] a")).ToHaveAttributeAsync("href", "/Customer/request");
    }

    [Fact]
    public async Task Searching_ForATopic_FindsWhoHasAsked_AndWhoAsksNext()
    {
        var technician = await browser.SignInAsync("full");
        await technician.Locator("#live[data-state=live]").WaitForAsync();
        await AskAsync("Edith Clarke", "A transformer hums.");
        await AskAsync("Edith Stein", "Nothing at all.");
        await technician.Locator("#search").FillAsync("transformer HUMS");
        await Expect(technician.Locator("tr[data-id]")).ToHaveTextAsync([new Regex("Edith Clarke")]);

        await AskAsync("Edith Wharton", "Nothing hums.");
        await AskAsync("Edith Head", "My transformer hums too.");

        await Expect(technician.Locator("tr[data-id]")).ToHaveTextAsync([new Regex("Edith Clarke"), new Regex("Edith Head")]);

        async Task AskAsync(string name, string topic)
        {
            // There is no program for it, so that whoever asks waits at once, and whoever has waited longest is first.
            var customer = await browser.OpenAsync("en", 390, 844, userAgent: Devices.IPhone);
            await customer.GotoAsync("/Customer/request");
            await customer.Locator("#name").FillAsync(name);
            await customer.Locator("#topic").FillAsync(topic);
            await customer.Locator("form button").ClickAsync();
            await JoinedInBrowser.ExpectAsync(customer, "waiting");
        }
    }

    [Fact]
    public async Task WithoutScript_SaysWhatIsMissing_AndLeadsToTheLinksPage()
    {
        await using var desk = await RunningHelpDesk.StartAsync(("Rescue__Browser__Offer", "Never"));
        var customer = await browser.OpenAsync("en", 360, 740, userAgent: Devices.Windows, desk: desk, runsScripts: false);
        await customer.GotoAsync("/Customer/request");
        await customer.Locator("#name").FillAsync("Hedy Lamarr");
        await customer.Locator("#topic").FillAsync(" ");
        await customer.Locator("form button").ClickAsync();
        await Expect(customer.Locator("#topic-problem")).ToBeVisibleAsync();
        await Expect(customer.Locator("#name")).ToHaveValueAsync("Hedy Lamarr");
        await customer.ExpectNoSidewaysScrollAsync();
        await customer.KeepAsync("request-wrong");
        await customer.Locator("#topic").FillAsync("The screen is black.");
        await customer.Locator("form button").ClickAsync();

        await Expect(customer.Locator("h1")).ToHaveTextAsync("Hello Hedy Lamarr, one more step");
        await Expect(customer).ToHaveURLAsync(new Regex("/Customer/Code.aspx\\?"));
        await customer.ExpectNoSidewaysScrollAsync();
        await customer.KeepAsync("request-landing");
    }

    [Fact]
    public async Task TechnicianWithoutColleaguesSessions_IsOfferedWhatTheyMayDoInWhatIsEverybodys()
    {
        await using var desk = await RunningHelpDesk.StartAsync(("Rescue__Technicians__OwnSessionsOnly", "true"), ("Rescue__Browser__Offer", "Always"));
        var customer = await browser.OpenAsync("en", 360, 740, desk: desk);
        await customer.GotoAsync("/Customer/request");
        await customer.Locator("#name").FillAsync("Grace");
        await customer.Locator("#topic").FillAsync("The printer");
        await customer.Locator("form button").ClickAsync();
        await JoinedInBrowser.ExpectAsync(customer, "waiting");

        var technician = await browser.SignInAsync("full", desk: desk);
        await technician.Locator("#section-waiting tr", new() { HasText = "Grace" }).Locator(".row-name").ClickAsync();
        await Expect(technician.Locator("#details [data-action=start]:not([title])")).ToBeVisibleAsync();
        await technician.Locator("#details [data-key=invite-guest]").ClickAsync();
        await technician.Locator("#guest-name").FillAsync("Katherine");
        await technician.Locator("#guest button[type=submit]").ClickAsync();

        await Expect(technician.Locator("#guest-link")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task NobodyComes_ThePageSaysSo_AndLeadsToAskingAgain()
    {
        await using var desk = await RunningHelpDesk.StartAsync(("Rescue__Requests__Waiting", "00:00:02"), ("Rescue__Browser__Offer", "Always"));
        var customer = await browser.OpenAsync("en", 360, 740, desk: desk);
        await customer.GotoAsync("/Customer/request");
        await customer.Locator("#name").FillAsync("Grace");
        await customer.Locator("#topic").FillAsync("The printer");
        await customer.Locator("form button").ClickAsync();

        await JoinedInBrowser.ExpectAsync(customer, "closed");
        await Expect(customer.Locator("[data-ends=waitingTimedOut]")).ToBeVisibleAsync();
        await customer.ExpectAccessibleAsync("request-nobody");
        await customer.ReloadAsync();
        await Expect(customer.Locator("h1")).ToHaveTextAsync("Your request for help is over");
        await Expect(customer.Locator("main")).ToContainTextAsync("nobody could come in time");
        await customer.KeepAsync("request-over");
        await customer.ExpectAccessibleAsync("request-over");
        await customer.Locator("main a.button").ClickAsync();
        await Expect(customer.Locator("#topic")).ToBeVisibleAsync();
    }
}
