using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>The dialog of a product that has a gateway for texts.</summary>
public sealed class SmsDialogTests : IAsyncLifetime
{
    private const string Refused = "+4930901821";

    private TextGateway gateway = null!;
    private BrowserFixture browser = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TextGateway.StartAsync(Refused);
        browser = new BrowserFixture([("Sms__Address", gateway.Address), ("Sms__Key", "key")]);
        await browser.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        await gateway.DisposeAsync();
    }

    [Theory]
    [InlineData("en", 1440, "Type the number to send to.", "Write the number with a plus sign", "The SMS has been sent.", "SMS sent")]
    [InlineData("fr", 360, "Saisissez le numéro du destinataire.", "Un numéro de téléphone avec le signe plus", "Le SMS a été envoyé.", "SMS envoyé")]
    public async Task ByTheKeyboardAlone_TheLinkGoesByText(string language, int width, string missing, string wrong, string sent, string step)
    {
        var technician = await browser.SignInAsync("full", language, width);
        await technician.Locator("#new-session").PressAsync("Enter");
        await technician.ExpectFocusAsync("customer-name");
        await technician.Keyboard.TypeAsync("Grace Hopper");
        await technician.TabToAsync("tab-email");
        await technician.Keyboard.PressAsync("ArrowRight");
        await technician.ExpectFocusAsync("tab-sms");
        await Expect(technician.Locator("#panel-email")).ToBeHiddenAsync();
        await technician.TabToAsync("number");
        await technician.Keyboard.PressAsync("Enter");
        await Expect(technician.Locator("#number-error")).ToHaveTextAsync(missing);
        await technician.ExpectFocusAsync("number");
        await technician.Keyboard.TypeAsync("030 901820");
        await technician.Keyboard.PressAsync("Enter");
        await Expect(technician.Locator("#number-error")).ToContainTextAsync(wrong);
        await technician.ExpectFocusAsync("number");
        await technician.ExpectNoSidewaysScrollAsync();
        await technician.KeepAsync($"sms-dialog-{language}");
        await technician.ExpectAccessibleAsync($"sms-dialog-{language}");
        await technician.Locator("#number").FillAsync("+49 (0)30 901820");
        await technician.Keyboard.PressAsync("Enter");

        await technician.ExpectFocusAsync("created-title");
        await Expect(technician.Locator("#created-invitation")).ToHaveTextAsync(sent);
        await Expect(technician.Locator("#journey li").First).ToContainTextAsync(step);
        await Expect(technician.Locator("#journey li").First).ToHaveAttributeAsync("data-done", "true");
        await technician.ExpectNoSidewaysScrollAsync();
        await technician.KeepAsync($"sms-created-{language}");
        await technician.ExpectAccessibleAsync($"sms-created-{language}");
        var text = gateway.Texts.Should().ContainSingle().Which;
        text.To.Should().Be("+4930901820");
        text.Text.Should().Contain(await technician.Locator("#created-link").InputValueAsync());
        var customer = await browser.OpenAsync(userAgent: Devices.Windows);
        await customer.GotoAsync(Regex.Match(text.Text, @"https?://\S+").Value);
        await Expect(customer.Locator("h1")).ToContainTextAsync("Grace Hopper");
    }

    [Fact]
    public async Task NumberThatIsRefused_IsCorrectedInPlace_AndItsCodeTakenBack()
    {
        var technician = await browser.SignInAsync("full");
        await OpenAsync(technician, "Hedy Lamarr");
        await technician.Locator("#tab-sms").ClickAsync();
        await technician.Locator("#number").FillAsync(Refused);
        await technician.Locator("#create-submit").PressAsync("Enter");
        await Expect(technician.Locator("#created-invitation")).ToHaveTextAsync("The SMS was refused. The gateway refuses the number or the text.");
        await Expect(technician.Locator("#journey li").First).ToHaveAttributeAsync("data-done", "false");
        var correct = technician.Locator("#created-correct button");
        await Expect(correct).ToHaveTextAsync("Correct the number");
        await technician.KeepAsync("sms-refused");
        await correct.PressAsync("Enter");

        await Expect(technician.Locator("#number")).ToBeFocusedAsync();
        await Expect(technician.Locator("#number")).ToHaveValueAsync(Refused);
        await technician.Locator("#number").FillAsync("+4930901820");
        await technician.Locator("#create-submit").PressAsync("Enter");
        await Expect(technician.Locator("#created-invitation")).ToHaveTextAsync("The SMS has been sent.");
        await technician.Locator("#created .primary[data-close]").ClickAsync();
        await Expect(technician.Locator("#sessions tbody tr", new() { HasText = "Hedy Lamarr" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Panel_ForTheTelephoneItself_AsksForItsPlatform_AndTheMobileAddOn()
    {
        var technician = await browser.SignInAsync("full");
        await OpenAsync(technician, "Ada");
        await technician.Locator("#tab-sms").ClickAsync();
        await technician.Locator("#number").FillAsync("+4930901820");
        await Expect(technician.Locator("#sms-platform")).ToBeDisabledAsync();
        await Expect(technician.Locator("#sms-language")).ToHaveValueAsync("en");

        await technician.Locator("#sms-for-mobile").CheckAsync();
        await technician.Locator("#sms-platform").SelectOptionAsync("android");
        await technician.Locator("#create-submit").ClickAsync();

        await Expect(technician.Locator("#create-problem li")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("full", "nl", "nl")]
    [InlineData("globex", "nl", "fr")]
    public async Task Language_OfTheText_IsTheOrganisationsWhereItHasOne(string signIn, string language, string proposed)
    {
        var technician = await browser.SignInAsync(signIn, language);
        await OpenAsync(technician, "Ada");

        await technician.Locator("#tab-sms").ClickAsync();

        await Expect(technician.Locator("#sms-language")).ToHaveValueAsync(proposed);
    }

    [Fact]
    public async Task Dialog_WithANumberFromThePage_BeginsWithTheSms()
    {
        var technician = await browser.SignInAsync("full");

        await technician.EvaluateAsync("document.querySelector('rescue-sessions').newSession({ customerName: 'Ada', phone: '+49 30 901820' })");

        await Expect(technician.Locator("#number")).ToHaveValueAsync("+49 30 901820");
        await Expect(technician.Locator("#create-submit")).ToHaveTextAsync("Send the link by SMS");
    }

    [Fact]
    public async Task Dialog_WhoMayNotHaveTheServiceSend_HasNoSms()
    {
        var technician = await browser.SignInAsync("own-client");
        await OpenAsync(technician, "Ada");
        await Expect(technician.Locator("#tab-sms")).ToBeHiddenAsync();

        await technician.Locator("#tab-email").PressAsync("ArrowRight");

        await technician.ExpectFocusAsync("tab-pin");
        await technician.Keyboard.PressAsync("ArrowRight");
        await technician.ExpectFocusAsync("tab-email");
    }

    private static async Task OpenAsync(IPage technician, string name)
    {
        await technician.Locator("#new-session").ClickAsync();
        await technician.Locator("#customer-name").FillAsync(name);
    }
}
