using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>The administrator's settings, by hand in a browser.</summary>
public class SettingsTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Text_ChangedWithTheButtons_ShowsInThePreviewAndInTheNextMail()
    {
        var page = await OpenAsync();
        await page.Locator("#template-subject").FillAsync("We are here for ");
        await page.Locator("[data-name='customer.name']").ClickAsync();
        await page.Locator("#template-text").FillAsync("Please open this:\n\n");
        await page.Locator("[data-name='link.url']").ClickAsync();

        await Expect(page.Locator("#template-subject")).ToHaveValueAsync("We are here for {{ customer.name }}");
        await Expect(page.Locator("#preview-subject")).ToHaveTextAsync("We are here for Ada Lovelace");
        await Expect(page.Locator("#preview-text")).ToContainTextAsync("Please open this:");
        await Expect(page.FrameLocator("#preview-html").Locator("body")).ToContainTextAsync("Please open this:");
        await Expect(page.Locator("#mailto-text")).ToContainTextAsync("The whole text fits");
        await page.KeepAsync("settings-changed");
        await page.Locator("#save-template").ClickAsync();
        await Expect(page.Locator("#origin")).ToContainTextAsync("your own text, saved by Emma Lindqvist");

        var mail = await InviteAsync("changed@example.org");
        mail.Should().Contain("We are here for Grace").And.Contain("Please open this:");

        await RestoreAsync(page);
        await page.Locator("#history-details summary").ClickAsync();
        // Others may have saved before.
        await Expect(page.Locator("#history li").Nth(1)).ToBeVisibleAsync();
        await page.Locator("#history li").Nth(1).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("#template-subject")).ToHaveValueAsync("We are here for {{ customer.name }}");
        await page.KeepAsync("settings-history");
    }

    [Fact]
    public async Task Text_WithFunctionsAndTheProductsOwnNames_ShowsInThePreviewAndInTheNextMail()
    {
        var page = await OpenAsync();
        await page.Locator("#template-subject").FillAsync("Help for {{ customer.name | string.upcase }}");
        await page.Locator("#template-text").FillAsync(
            "{{ link.url }}\n\nTicket: {{ ticket.url }}\nRoom: {{ fields.field0 }}\nUntil {{ link.expires | date.to_string \"%H:%M\" }}\n");
        await page.Locator("#functions-details summary").ClickAsync();
        await page.Locator("[data-function='string.truncate']").ClickAsync();

        await Expect(page.Locator("#template-text")).ToHaveValueAsync(new Regex(@"\{\{ customer\.name \| string\.truncate 6 \}\}$"));
        await Expect(page.Locator("#preview-subject")).ToHaveTextAsync("Help for ADA LOVELACE");
        await Expect(page.Locator("#preview-text")).ToContainTextAsync("Ticket: https://tickets.example.org/T-42");
        await Expect(page.Locator("#preview-text")).ToContainTextAsync("Room: Room 12");
        await Expect(page.Locator("#preview-text")).ToContainTextAsync(new Regex(@"Until \d\d:\d\d"));
        await page.KeepAsync("settings-functions");
        await page.Locator("#save-template").ClickAsync();
        await Expect(page.Locator("#origin")).ToContainTextAsync("your own text");

        var mail = await InviteAsync("functions@example.org", "T-7", "Hall");
        mail.Should().Contain("Help for GRACE").And.Contain("Ticket: https://tickets.example.org/T-7").And.Contain("Room: Hall")
            .And.MatchRegex(@"Until \d\d:\d\d");
        await RestoreAsync(page);
    }

    [Fact]
    public async Task Mistakes_ShowWhileTyping_AndCannotBeSaved()
    {
        var page = await OpenAsync("fr");
        await page.Locator("#template-text").FillAsync("Bonjour {{ customer.nam }}\n");

        var unknown = page.Locator("#problems [data-code=unknown-name]");
        await Expect(unknown).ToContainTextAsync("Texte, ligne 1, colonne 12");
        await Expect(unknown).ToContainTextAsync("customer.name");
        await Expect(page.Locator("#problems [data-code=link-missing]")).ToBeVisibleAsync();
        await Expect(page.Locator("#save-template")).ToBeDisabledAsync();
        await Expect(page.Locator("#template-text")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.KeepAsync("settings-problems-fr");
        await unknown.GetByRole(AriaRole.Button).ClickAsync();
        (await page.EvaluateAsync<int>("() => { let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at.selectionStart; }")).Should().Be(11);

        // Going to another language would lose the text, so it is asked about.
        await page.Locator("#template-language").SelectOptionAsync("ar");
        await page.Locator("#confirm button[value=no]").ClickAsync();
        await Expect(page.Locator("#template-language")).ToHaveValueAsync("fr");
        await page.Locator("#template-language").SelectOptionAsync("ar");
        await page.Locator("#confirm-yes").ClickAsync();
        await Expect(page.Locator("#template-text")).ToHaveAttributeAsync("dir", "rtl");
        await page.KeepAsync("settings-arabic");
    }

    [Fact]
    public async Task Test_GoesToTheAdministrator()
    {
        var page = await OpenAsync();
        await page.Locator("#template-language").SelectOptionAsync("de");
        await Expect(page.Locator("#preview-text")).ToContainTextAsync("möchte Ihnen");

        await page.Locator("#test-template").ClickAsync();

        await page.ExpectToastAsync("emma.lindqvist@acme.example");
        (await browser.Desk.MailToAsync("emma.lindqvist@acme.example")).GetProperty("text").GetString().Should().Contain("möchte Ihnen");
    }

    [Fact]
    public async Task TimesAndRights_Saved_HoldAtOnce()
    {
        var page = await OpenAsync();
        await page.Locator("#codeValidityMinutes").FillAsync("1000");
        await page.Locator("#times-form button[type=submit]").ClickAsync();
        await Expect(page.Locator("#codeValidityMinutes-error")).ToContainTextAsync("999");
        await page.Locator("#codeValidityMinutes").FillAsync("45");
        await page.Locator("#times-form button[type=submit]").ClickAsync();
        await page.ExpectToastAsync("Saved");

        var group = page.Locator("[data-group=front-desk]");
        await group.Locator("summary").ClickAsync();
        await group.Locator("[data-right=emailDefaultClient] select").SelectOptionAsync("deny");
        await page.KeepAsync("settings-rights");
        // The message about the times may still be there, or gone: what is awaited is the answer.
        var saved = await page.RunAndWaitForResponseAsync(
            () => page.Locator("#rights-form button[type=submit]").ClickAsync(), answer => answer.Request.Method == "PUT" && answer.Url.EndsWith("/rescue/settings/groups", StringComparison.Ordinal));
        saved.Ok.Should().BeTrue();

        var technician = await browser.SignInAsync("own-client");
        await technician.Locator("#new-session").ClickAsync();
        await Expect(technician.Locator(".right-hint[data-right=emailDefaultClient]")).ToBeVisibleAsync();
        var owner = page.Locator("[data-group=administrators]");
        await owner.Locator("summary").ClickAsync();
        await owner.Locator("[data-right=manageSettings] select").SelectOptionAsync("inherit");
        await page.Locator("#rights-form button[type=submit]").ClickAsync();
        await Expect(page.Locator("#rights-problem")).ToContainTextAsync("yourself");
    }

    [Theory]
    [InlineData("codeValidityMinutes", "2e", "en", "1 to 999 minutes.")]
    [InlineData("waitingMinutes", "1-", "fr", "1 à 999 minutes, 0 pour jamais.")]
    [InlineData("activeIdleMinutes", "-", "nl", "1 tot 999 minuten, 0 voor nooit.")]
    public async Task Times_ThatAreNoNumber_AreRefused_AndNothingIsGivenUp(string field, string text, string language, string said)
    {
        var page = await OpenAsync(language);
        var input = page.Locator($"#{field}");
        await input.FillAsync("45");
        await SaveAsync(200);
        await input.FillAsync("");
        await input.PressSequentiallyAsync(text);
        (await input.EvaluateAsync<bool>("field => field.value === '' && field.validity.badInput")).Should().BeTrue("the browser keeps it to itself");
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Method);

        await page.Locator("#times-form button[type=submit]").ClickAsync();

        await Expect(page.Locator($"#{field}-error")).ToHaveTextAsync(said);
        await page.ExpectFocusAsync(field);
        asked.Should().NotContain("PUT");
        await page.ReloadAsync();
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        await Expect(input).ToHaveValueAsync("45");
        // Left empty by hand it is given up, as ever.
        await input.FillAsync("");
        await SaveAsync(200);
        await Expect(input).ToHaveValueAsync("");

        async Task SaveAsync(int status)
        {
            var saved = await page.RunAndWaitForResponseAsync(() => page.Locator("#times-form button[type=submit]").ClickAsync(), answer => answer.Request.Method == "PUT");
            saved.Status.Should().Be(status);
        }
    }

    [Fact]
    public async Task WithoutTheRight_SaysWhichIsMissing()
    {
        var page = await browser.SignInAsync("full");
        await Expect(page.Locator("a[href='/settings']")).ToHaveCountAsync(0);
        await page.GotoAsync("/settings");

        await Expect(page.Locator("#refused")).ToContainTextAsync("changing the settings");
        await Expect(page.Locator("#allowed")).ToBeHiddenAsync();
        await page.KeepAsync("settings-refused");
    }

    [Fact]
    public async Task Language_ThatTheServerTakes_IsOneThatTheBrowserTakes()
    {
        var page = await OpenAsync();
        string[] parts = ["en", "x", "u", "t", "a", "US", "419", "Latn", "1996", "rozaj", "nu", "zh", "yue", "engl", "i", "k0"];
        string[] tags = [.. parts, .. parts.SelectMany(one => parts.Select(two => $"en-{one}-{two}")), .. parts.Select(one => $"en-{one}")];

        var wrong = await page.EvaluateAsync<string[]>(
            """
            async tags => {
              const taken = tag => { try { return Intl.getCanonicalLocales(tag).length > 0; } catch { return false; } };
              const different = [];
              for (const tag of tags)
                if (((await fetch(`/rescue/settings/template?language=${tag}`)).status === 200) !== taken(tag))
                  different.push(tag);
              return different;
            }
            """,
            tags);

        wrong.Should().Equal(["rozaj", "en-t-rozaj"], "a browser takes five letters for a language that may come to be; for us they are a language's name in place of its tag");
    }

    /// <summary>Nobody else has saved anything: one's own text is not to be held against another.</summary>
    [Fact]
    public async Task Text_WhereThereAreAsManyAsThereMayBe_SaysSo()
    {
        var page = await OpenAsync();
        await page.RouteAsync("**/rescue/settings/template?*", route => route.Request.Method == "PUT"
            ? route.FulfillAsync(new() { Status = 409, ContentType = "application/problem+json", Body = """{"status":409,"code":"templateLimit","title":"There are as many templates as there may be."}""" })
            : route.ContinueAsync());
        await page.Locator("#template-text").FillAsync("Mine alone:\n\n{{ link.url }}");

        await page.Locator("#save-template").ClickAsync();

        await page.ExpectToastAsync("Restore the default in one that is not needed any more");
        await Expect(page.Locator("#theirs")).ToBeHiddenAsync();
        await Expect(page.Locator("#template-text")).ToHaveValueAsync(new Regex("Mine alone"));
    }

    [Fact]
    public async Task Languages_OfAnyForm_LeaveTheSettingsUsable()
    {
        var page = await browser.SignInAsync("admin");
        await page.RouteAsync("**/rescue/settings/templates", async route =>
        {
            var answer = await route.FetchAsync();
            var list = JsonNode.Parse(await answer.TextAsync())!.AsObject();
            list["items"]!.AsArray().Add(new JsonObject { ["language"] = "en-x" });
            await route.FulfillAsync(new() { Response = answer, Body = list.ToJsonString() });
        });
        await page.GotoAsync("/settings");
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();

        await Expect(page.Locator("#template-language option[value=en-x]")).ToHaveTextAsync("en-x");
        await Expect(page.Locator("#template-subject")).Not.ToHaveValueAsync("");
    }

    [Theory]
    [InlineData("fr", 390, ColorScheme.Light)]
    [InlineData("fr", 1280, ColorScheme.Dark)]
    public async Task Page_AtAnyWidth_NeedsNoSidewaysScrolling(string language, int width, ColorScheme scheme)
    {
        var page = await OpenAsync(language, width, scheme);

        await page.ExpectNoSidewaysScrollAsync();
        await page.KeepAsync($"settings-{language}-{width}-{scheme}");
        await Expect(page.Locator("main")).Not.ToContainTextAsync(new Regex(@"\b(template|settings|rights|times|defaults)\.\w+"));
    }

    // The product is all tests' own: each leaves the text as it was.
    private static async Task RestoreAsync(IPage page)
    {
        await page.Locator("#restore-template").ClickAsync();
        await page.Locator("#confirm-yes").ClickAsync();
        await Expect(page.Locator("#origin")).ToContainTextAsync("the service’s own text");
    }

    private async Task<IPage> OpenAsync(string language = "en", int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await browser.SignInAsync("admin", language, width, scheme: scheme);
        await page.Locator("a[href='/settings']").ClickAsync();
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        return page;
    }

    private async Task<string> InviteAsync(string address, string? reference = null, string? field = null)
    {
        var technician = await browser.SignInAsync("full");
        await technician.Locator("#new-session").ClickAsync();
        await technician.Locator("#customer-name").FillAsync("Grace");
        if (reference is not null)
            await technician.Locator("#reference").FillAsync(reference);
        if (field is not null)
        {
            await technician.Locator("#more-fields summary").ClickAsync();
            await technician.Locator("#field0").FillAsync(field);
        }

        await technician.Locator("#tab-email").ClickAsync();
        await technician.Locator("input[value=onMyBehalf]").CheckAsync();
        await technician.Locator("#to").FillAsync(address);
        await technician.Locator("#create-submit").ClickAsync();
        var mail = await browser.Desk.MailToAsync(address);
        return $"{mail.GetProperty("subject").GetString()}\n{mail.GetProperty("text").GetString()}";
    }
}
