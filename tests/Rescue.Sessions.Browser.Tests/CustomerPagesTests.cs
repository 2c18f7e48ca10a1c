using Rescue.Sessions.TestServers;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>The customer's pages in a browser, for people and for the machines that come before them.</summary>
public class CustomerPagesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string IPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    [Theory]
    [InlineData("fr", 1280, ColorScheme.Dark, Windows, "windows-dark")]
    [InlineData("fr", 390, ColorScheme.Light, Windows, "phone-width")]
    public async Task Landing_LinkOpened_OffersTheProgram(string language, int width, ColorScheme scheme, string userAgent, string name)
    {
        var (link, _, _) = await CreateAsync("full");
        var customer = await browser.OpenAsync(language, width, 844, scheme, userAgent);
        var requests = new List<IRequest>();
        customer.Request += (_, request) => requests.Add(request);
        var answer = await customer.GotoAsync(link, new() { WaitUntil = WaitUntilState.NetworkIdle });
        requests.Should().ContainSingle("all that the page needs is in it");
        (await answer!.BodyAsync()).Length.Should().BeLessThan(6 * 1024);

        await Expect(customer.Locator("a.button")).ToBeVisibleAsync();
        await customer.KeepAsync($"landing-{language}-{name}");
        await customer.ExpectNoSidewaysScrollAsync();
    }

    [Fact]
    public async Task Landing_PhoneWithoutTheMobileAddOn_IsToldSo()
    {
        var (link, _, _) = await CreateAsync("full");
        var customer = await browser.OpenAsync("en", 390, 844, userAgent: IPhone);
        var answer = await customer.GotoAsync(link);

        answer!.Status.Should().Be((int)HttpStatusCode.Forbidden);
        await customer.KeepAsync("landing-mobile-not-covered");
    }

    [Fact]
    public async Task Landing_PhoneWithTheMobileAddOn_IsOfferedTheBrowser()
    {
        var (link, _, _) = await CreateAsync("mobile");
        var customer = await browser.OpenAsync("en", 390, 844, userAgent: IPhone);
        await customer.GotoAsync(link);

        await Expect(customer.Locator("a.button")).ToHaveAttributeAsync("href", new Regex("^/Customer/browser\\?"));
        await Expect(customer.Locator(".others a").First).ToBeVisibleAsync();
        await customer.KeepAsync("landing-unsupported-device");
    }

    [Fact]
    public async Task TypedPin_WrongThenRight_LeadsToTheProgram()
    {
        var (_, pin, _) = await CreateAsync("full");
        var customer = await browser.OpenAsync("en", 390, 844, userAgent: Windows);
        await customer.GotoAsync("/Customer");
        await customer.KeepAsync("pin");
        await customer.Locator("#Code").FillAsync(pin == "000000" ? "000001" : "000000");
        await customer.Locator("button[type=submit]").ClickAsync();
        await Expect(customer.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await customer.KeepAsync("pin-wrong");
        await customer.ExpectAccessibleAsync("pin-wrong");
        await customer.Locator("#Code").FillAsync($"{pin[..3]} {pin[3..]}");
        await customer.Locator("button[type=submit]").ClickAsync();

        await Expect(customer.Locator("a.button")).ToBeVisibleAsync();
    }

    private async Task<(string Link, string Pin, string Id)> CreateAsync(string signIn)
    {
        TestServer.Chromium.Require();
        var technician = await browser.Desk.SignInAsync(signIn);
        var answer = await technician.PostAsJsonAsync("/rescue/sessions", new { customerName = "Grace Hopper" });
        var created = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (created.GetProperty("link").GetString()!, created.GetProperty("pin").GetString()!, created.GetProperty("id").GetString()!);
    }
}
