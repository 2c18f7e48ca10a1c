using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>Two clicks before the first is answered ask for one thing.</summary>
public class DoubleClickTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    private const string SendTwice = "form => { form.requestSubmit(); form.requestSubmit(); }";

    [Theory]
    [InlineData("twice")]
    [InlineData("and Enter in the link")]
    public async Task Guest_IsInvitedOnce(string sent)
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Grace Hopper");
        var page = await browser.SignInAsync("full");
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await page.Locator("[data-key=invite-guest]").ClickAsync();
        await page.Locator("#guest-name").FillAsync("Katherine");

        await page.Locator("#guest form").EvaluateAsync(sent == "twice" ? SendTwice : "form => form.requestSubmit()");
        await Expect(page.Locator("#guest-link")).ToBeVisibleAsync();
        var link = await page.Locator("#guest-link").InputValueAsync();
        await page.Locator("#guest-link").PressAsync("Enter");
        await page.EvaluateAsync("async () => (await fetch('/rescue/presence')).json()");

        await Expect(page.Locator("#guest-link")).ToHaveValueAsync(link);
        (await FindAsync("full", $"/rescue/sessions/{id}")).GetProperty("guests").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task Webhook_IsMadeOnce()
    {
        var page = await OpenSettingsAsync();
        await page.Locator("#webhook-url").FillAsync("https://receiver.example/hook");

        await page.Locator("#webhook-form").EvaluateAsync(SendTwice);
        await Expect(page.Locator("[data-secret-of]")).ToBeVisibleAsync();
        await page.EvaluateAsync("async () => (await fetch('/rescue/presence')).json()");

        (await FindAsync("admin", "/rescue/settings/webhooks")).GetProperty("webhooks").GetArrayLength().Should().Be(1);
    }

    [Theory]
    [InlineData("#times-form", "#waitingMinutes", "17")]
    [InlineData("#defaults-form", "#time-zone", "Europe/Paris")]
    [InlineData("#organization-form", "#organization-phone", "+33 1 23 45 67 89")]
    [InlineData("#rights-form", null, null)]
    [InlineData("#template-form", "#template-subject", "Your help desk")]
    public async Task Settings_ThatAreSavedTwice_AreNotSomebodyElses(string form, string? field, string? value)
    {
        var page = await OpenSettingsAsync();
        if (field is not null)
            await page.Locator(field).FillAsync(value!);
        var refused = new List<int>();
        page.Response += (_, answer) =>
        {
            if (answer.Request.Method == "PUT" && answer.Status >= 400)
                refused.Add(answer.Status);
        };

        await page.Locator(form).EvaluateAsync(SendTwice);
        await page.ExpectToastAsync("Saved");
        await page.EvaluateAsync("async () => (await fetch('/rescue/presence')).json()");

        await Expect(page.Locator(".toast.error")).ToHaveCountAsync(0);
        await Expect(page.Locator("#theirs")).ToBeHiddenAsync();
        await Expect(page.Locator("#rights-problem")).ToBeHiddenAsync();
        refused.Should().BeEmpty();
    }

    [Fact]
    public async Task Organization_GivenUpTwice_IsGivenUpOnce()
    {
        var page = await OpenSettingsAsync();
        var asked = 0;
        page.Request += (_, request) => asked += request.Method == "DELETE" ? 1 : 0;

        await page.Locator("#restore-organization").EvaluateAsync("button => { button.click(); button.click(); }");
        await page.EvaluateAsync("async () => (await fetch('/rescue/presence')).json()");

        asked.Should().Be(1);
    }

    private async Task<IPage> OpenSettingsAsync()
    {
        var page = await browser.SignInAsync("admin");
        await page.GotoAsync("/settings");
        await page.Locator("rescue-settings[data-ready]").WaitForAsync();
        return page;
    }

    private async Task<JsonElement> FindAsync(string signIn, string address)
    {
        var client = await browser.Desk.SignInAsync(signIn);
        return await client.GetFromJsonAsync<JsonElement>(address, TestContext.Current.CancellationToken);
    }
}
