using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rescue.Sessions.TestServers;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>Two organisations of one product, each on its own address, as their customers see them.</summary>
public class OrganizationTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    private const string Purple = "rgb(122, 31, 162)";

    private string Globex => $"http://globex.localhost:{browser.Desk.Address.Port}/";

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task LandingAndPinPage_OfEach_ShowItsNameLookAndLanguage(int width, ColorScheme scheme)
    {
        var acme = await browser.OpenAsync("en", width, 844, scheme, Windows);
        await acme.GotoAsync(await InviteAsync("full", $"acme-{width}-{scheme}@example.net"));
        await Expect(acme.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(acme.Locator("header")).ToHaveTextAsync("Acme Support");
        await Expect(acme.Locator("header img")).ToHaveCountAsync(0);
        await KeepAsync(acme, $"organization-acme-landing-{width}-{scheme}");
        await acme.GotoAsync("/Customer");
        await Expect(acme.Locator("header")).ToHaveTextAsync("Acme Support");
        await KeepAsync(acme, $"organization-acme-pin-{width}-{scheme}");

        var globex = await browser.OpenAsync("en", width, 844, scheme, Windows);
        await globex.GotoAsync(await InviteAsync("globex", $"globex-{width}-{scheme}@example.net"));
        globex.Url.Should().StartWith(Globex);
        await Expect(globex.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await Expect(globex.Locator("header")).ToHaveTextAsync("Globex");
        (await globex.Locator("header img").EvaluateAsync<int>("image => image.naturalWidth")).Should().BeGreaterThan(0, "the policy lets the logo be shown");
        if (scheme == ColorScheme.Light)
            await Expect(globex.Locator("a.button")).ToHaveCSSAsync("background-color", Purple);
        await Expect(globex.Locator(".trust")).ToContainTextAsync("+33 1 99 00 12 34");
        await Expect(globex.Locator(".trust a[href='https://globex.example/assistance']")).ToBeVisibleAsync();
        (await ContrastAsync(globex, "a.button")).Should().BeGreaterThanOrEqualTo(4.5);
        await KeepAsync(globex, $"organization-globex-landing-{width}-{scheme}");
        await globex.GotoAsync($"{Globex}Customer");
        await Expect(globex.Locator("h1")).ToHaveTextAsync("Saisissez votre code PIN");
        (await ContrastAsync(globex, "button")).Should().BeGreaterThanOrEqualTo(4.5);
        await KeepAsync(globex, $"organization-globex-pin-{width}-{scheme}");
    }

    [Fact]
    public async Task Link_OnTheOthersAddress_AndPinAtTheOthersDoor_LeadToTheirOwn()
    {
        var link = await InviteAsync("globex", "elsewhere@example.net");
        var customer = await browser.OpenAsync("en", 390, 844, userAgent: Windows);
        await customer.GotoAsync(new Uri(link).PathAndQuery);
        customer.Url.Should().StartWith(link, "it was opened on the address of Acme");

        await customer.GotoAsync("/Customer");
        await customer.Locator("#Code").FillAsync(Regex.Match(link, @"Code=(\d+)").Groups[1].Value);
        await customer.Locator("button[type=submit]").ClickAsync();
        await Expect(customer.Locator("header")).ToHaveTextAsync("Globex");
        await KeepAsync(customer, "organization-globex-elsewhere");
        await customer.Locator("a.button").ClickAsync();
        await customer.ExpectOpenedAsync(new("^" + Regex.Escape(Globex)));
        await Expect(customer.Locator("a.button")).ToHaveAttributeAsync("href", new Regex("^/Customer/applet/windows"));
    }

    [Fact]
    public async Task Mails_OfEach_Differ()
    {
        await InviteAsync("full", "mail-acme@example.net");
        await InviteAsync("globex", "mail-globex@example.net");

        var acme = await browser.Desk.MailToAsync("mail-acme@example.net");
        var globex = await browser.Desk.MailToAsync("mail-globex@example.net");
        acme.GetProperty("envelopeFrom").GetString().Should().Be("support@acme.example");
        globex.GetProperty("envelopeFrom").GetString().Should().Be("assistance@globex.example");
        foreach (var (mail, name) in ((JsonElement, string)[])[(acme, "acme"), (globex, "globex")])
        {
            var reader = await browser.OpenAsync("en", 390, 844);
            await reader.SetContentAsync(mail.GetProperty("html").GetString()!);
            await Expect(reader.Locator(".face")).ToHaveCSSAsync("background-color", name == "globex" ? Purple : "rgb(11, 87, 208)");
            (await reader.Locator("body").InnerTextAsync()).Contains("+33 1 99 00 12 34", StringComparison.Ordinal).Should().Be(name == "globex");
            await KeepAsync(reader, $"organization-{name}-mail");
        }
    }

    [Fact]
    public async Task Settings_ChangedByHand_HoldForTheNextCustomer()
    {
        await using var desk = await TestHost.RunningHelpDesk.StartAsync();
        await ChangeAsync(desk, "en", 1280);
        await ChangeAsync(desk, "fr", 390);
    }

    private static async Task KeepAsync(IPage page, string name)
    {
        await page.KeepAsync(name);
        await page.ExpectNoSidewaysScrollAsync();
    }

    private async Task ChangeAsync(TestHost.RunningHelpDesk desk, string language, int width)
    {
        var admin = await browser.SignInAsync("globex-admin", language, width, desk: desk);
        await admin.GotoAsync("/settings");
        await admin.Locator("rescue-settings[data-ready]").WaitForAsync();
        var name = admin.Locator("#organization-name");
        await Expect(name).ToHaveAttributeAsync("placeholder", "Globex");
        await Expect(admin.Locator("#organization-logo-shown")).ToBeVisibleAsync();
        await name.FillAsync("Globex Assistance");
        await admin.Locator("#organization-accentColor").FillAsync("#ffcc00");
        await admin.Locator("#organization-languages").FillAsync("fr en");
        await admin.Locator("#organization-form button[type=submit]").ClickAsync();
        await Expect(admin.Locator("#organization-accentColor-error")).ToContainTextAsync("4.5:1");
        await KeepAsync(admin, $"organization-settings-{language}-{width}");
        await admin.Locator("#organization-accentColor").FillAsync("#00695c");
        await admin.Locator("#organization-form button[type=submit]").ClickAsync();
        await admin.ExpectToastAsync(language == "fr" ? "Enregistré" : "Saved");
        await Expect(admin.Locator("#organization-languages")).ToHaveValueAsync("fr, en");

        var customer = await browser.OpenAsync("en", desk: desk);
        await customer.GotoAsync($"http://globex.localhost:{desk.Address.Port}/Customer");
        await Expect(customer.Locator("header")).ToHaveTextAsync("Globex Assistance");
        await Expect(customer.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(customer.Locator("button")).ToHaveCSSAsync("background-color", "rgb(0, 105, 92)");
        await admin.Locator("#restore-organization").ClickAsync();
        await Expect(name).ToHaveValueAsync("");
        await customer.ReloadAsync();
        await Expect(customer.Locator("header")).ToHaveTextAsync("Globex");
    }

    // By the formulas of WCAG, of what the browser has in fact drawn.
    private static Task<double> ContrastAsync(IPage page, string selector) => page.Locator(selector).EvaluateAsync<double>(
        """
        element => {
          const linear = channel => channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
          const luminance = color => color.match(/\d+/g).slice(0, 3).map(part => linear(part / 255)).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
          const style = getComputedStyle(element);
          const [one, two] = [luminance(style.color), luminance(style.backgroundColor)].sort((a, b) => b - a);
          return (one + 0.05) / (two + 0.05);
        }
        """);

    private async Task<string> InviteAsync(string signIn, string to)
    {
        TestServer.Chromium.Require();
        var technician = await browser.Desk.SignInAsync(signIn);
        var answer = await technician.PostAsJsonAsync("/rescue/sessions", new { customerName = "Grace Hopper", email = new { delivery = "onMyBehalf", to } });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!;
    }
}
