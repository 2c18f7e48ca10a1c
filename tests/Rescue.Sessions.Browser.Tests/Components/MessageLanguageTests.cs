using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>The language that the dialog proposes for a message.</summary>
public class MessageLanguageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Defaults = "/rescue/settings/email";
    private const string Template = "/rescue/settings/template?language=pt-BR";

    [Theory]
    [InlineData("rescue-new-session", "en", "en")]
    [InlineData("rescue-new-session", "fr-CA", "fr")]
    [InlineData("rescue-new-session", "de", "de")]
    [InlineData("rescue-sessions", "de-Latn-CH-1996", "de")]
    [InlineData("rescue-sessions", "AR", "ar")]
    [InlineData("rescue-sessions", "sv", "en")]
    public async Task Dialog_WhereNoneIsSet_ProposesWhatTheTechnicianReads(string element, string language, string proposed)
    {
        var page = await browser.SignInAsync("full");
        await new ForeignPage(page).OpenAsync($"""<{element} lang="{language}"></{element}>""");

        await page.Locator("#new-session").ClickAsync();

        await Expect(page.Locator("#message-language")).ToHaveValueAsync(proposed);
    }

    [Theory]
    [InlineData("fr", "nl", "nl")]
    [InlineData("en", "fr-CA", "fr")]
    [InlineData("nl", "pt-BR", "pt-BR")]
    public async Task Dialog_WhereTheAdministratorHasSetOne_ProposesWhatMessagesAreIn(string language, string set, string proposed)
    {
        using var admin = await browser.Desk.SignInAsync("admin");
        try
        {
            await PutAsync(admin, Template, new { subject = "Ajuda para {{ customer.name }}", text = "Abra: {{ link.url }}" });
            await PutAsync(admin, Defaults, new { language = set });
            var page = await browser.SignInAsync("full", language);
            await page.Locator("#new-session").ClickAsync();
            await Expect(page.Locator("#message-language")).ToHaveValueAsync(proposed);

            await InviteAsync(page, $"{set}@example.org");

            await Expect(page.Locator("#created")).ToBeVisibleAsync();
            (await browser.Desk.MailToAsync($"{set}@example.org")).GetProperty("subject").GetString()
                .Should().Contain(proposed switch { "nl" => "helpen", "fr" => "aider", _ => "Ajuda" });
        }
        finally
        {
            (await admin.DeleteAsync(Defaults, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            (await admin.DeleteAsync(Template, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("nl")]
    public async Task Dialog_OfAnOrganisationWithALanguage_ProposesThat(string language)
    {
        var page = await browser.SignInAsync("globex", language);
        await page.Locator("#new-session").ClickAsync();
        await Expect(page.Locator("#message-language")).ToHaveValueAsync("fr");

        await page.Locator("#message-language").SelectOptionAsync("de");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#new-session").ClickAsync();

        await Expect(page.Locator("#message-language")).ToHaveValueAsync("fr");
    }

    private static async Task InviteAsync(IPage page, string address)
    {
        await page.Locator("#customer-name").FillAsync("Grace");
        await page.Locator("input[value=onMyBehalf]").CheckAsync();
        await page.Locator("#to").FillAsync(address);
        await page.Locator("#create-submit").ClickAsync();
    }

    private static async Task PutAsync(HttpClient admin, string path, object body) =>
        (await admin.PutAsJsonAsync(path, body, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
}
