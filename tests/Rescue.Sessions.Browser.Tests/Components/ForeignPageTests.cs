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

    [Fact]
    public async Task EveryElement_StandsAlone_InItsLanguageAndTheme()
    {
        var admin = await browser.SignInAsync("admin");
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "admin");
        var foreign = new ForeignPage(admin);
        await foreign.OpenAsync($"""
            <rescue-new-session lang="nl" customer-name="Ada" reference="T-42"></rescue-new-session>
            <rescue-session session-id="{session.Id}" theme="dark"></rescue-session>
            <rescue-templates lang="fr"></rescue-templates>
            <rescue-settings sections="times rights"></rescue-settings>
            """);

        await Expect(admin.Locator("rescue-new-session #new-session")).ToHaveTextAsync("Nieuwe sessie");
        await Expect(admin.Locator("rescue-session #details-title")).ToHaveTextAsync("Grace Hopper");
        await Expect(admin.Locator("rescue-session .details")).ToHaveCSSAsync("color", "rgb(230, 237, 240)");
        await Expect(admin.Locator("rescue-templates #save-template")).ToHaveTextAsync("Enregistrer le texte");
        await Expect(admin.FrameLocator("#preview-html").Locator("a.button")).ToHaveCSSAsync("color", "rgb(255, 255, 255)");
        await admin.Locator(".choices select").Nth(1).SelectOptionAsync("dark");
        await Expect(admin.FrameLocator("#preview-html").Locator("a.button")).Not.ToHaveCSSAsync("color", "rgb(255, 255, 255)");
        await Expect(admin.Locator("rescue-settings #codeValidityMinutes")).ToHaveAttributeAsync("placeholder", new Regex(@"^\d+ \(as configured\)$"));
        await Expect(admin.Locator("rescue-settings #organization")).ToHaveCountAsync(0);
        await Expect(admin.Locator("rescue-settings .matrix tbody tr")).ToHaveCountAsync(13);
        await admin.Locator("rescue-new-session #new-session").ClickAsync();
        await Expect(admin.Locator("#customer-name")).ToHaveValueAsync("Ada");
        await Expect(admin.Locator("#reference")).ToHaveValueAsync("T-42");
        foreign.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Router_OfTheHost_TakesOver()
    {
        var technician = await browser.SignInAsync("full");
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full");
        await technician.AddInitScriptAsync(
            "addEventListener('rescue-navigate', event => { event.preventDefault(); (globalThis.places ??= []).push(event.detail); });");
        var foreign = new ForeignPage(technician);
        await foreign.OpenAsync($"""<rescue-sessions routing="none" session="{session.Id}"></rescue-sessions>""");

        await Expect(technician.Locator("#details-title")).ToHaveTextAsync("Grace Hopper");
        await technician.Locator("#filter").SelectOptionAsync("closed");
        await technician.WaitForFunctionAsync("() => globalThis.places?.at(-1)?.filter === 'closed'");
        technician.Url.Should().EndWith("/foreign");
        await technician.EvaluateAsync("() => document.querySelector('rescue-sessions').removeAttribute('session')");
        await Expect(technician.Locator("#details-title")).ToHaveCountAsync(0);
        foreign.Complaints.Should().BeEmpty();
    }
}
