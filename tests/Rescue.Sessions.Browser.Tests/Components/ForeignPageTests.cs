using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>The elements in a page that is not ours.</summary>
public class ForeignPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task OneLine_UnderAStrictPolicy_IsAWorkingConsole()
    {
        var technician = await browser.SignInAsync("full");
        var foreign = new ForeignPage(technician);
        await foreign.OpenAsync("""<rescue-sessions base="/rescue" lang="fr"></rescue-sessions>""");

        await technician.Locator("#new-session").ClickAsync();
        await technician.Locator("#customer-name").FillAsync("Ailleurs");
        await technician.Locator("#tab-pin").ClickAsync();
        await technician.Locator("#create-submit").ClickAsync();
        await Expect(technician.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
        var pin = await technician.Locator("#created-pin").TextContentAsync();
        await technician.Locator("#created .primary[data-close]").ClickAsync();

        // The code is there for as long as it can be used, with all that was in the dialog.
        await technician.Locator("#section-connecting tr", new() { HasText = "Ailleurs" }).Locator(".row-name").ClickAsync();
        await Expect(technician.Locator("#details-pin")).ToHaveTextAsync(pin!);
        await Expect(technician.Locator("#details-link")).ToHaveValueAsync(new Regex("/Customer/Code.aspx"));
        await Expect(technician.Locator("#details .code")).ToContainTextAsync("Valable encore");
        await technician.KeepAsync("components-foreign");
        await technician.Locator("#details [data-action=revoke]").ClickAsync();
        await technician.Locator("#confirm-yes").ClickAsync();
        await Expect(technician.Locator("#details .chip").First).ToContainTextAsync("Terminée");
        await Expect(technician.Locator("#details-pin")).ToHaveCountAsync(0);
        foreign.Complaints.Should().BeEmpty();
    }
}
