using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>The dialog of a product whose sessions need a reference.</summary>
public class ReferenceTests(ReferenceTests.StrictDesk browser) : IClassFixture<ReferenceTests.StrictDesk>
{
    [Theory]
    [InlineData("en", "Such as INC-42.", "Type the reference", "The reference must look like INC-42.")]
    [InlineData("fr", "Par exemple INC-42.", "Saisissez la référence", "de la forme en usage ici")]
    public async Task Dialog_WithoutOneThatWillDo_SaysSoAtTheField(string language, string hint, string missing, string wrong)
    {
        var technician = await browser.SignInAsync("full", language);
        await technician.Locator("#new-session").ClickAsync();
        await Expect(technician.Locator("#reference-hint")).ToHaveTextAsync(hint);
        await Expect(technician.Locator("#reference-optional")).ToBeHiddenAsync();
        (await technician.Locator("#reference").EvaluateAsync<bool>("field => field.required")).Should().BeTrue();
        await technician.Locator("#customer-name").FillAsync("Grace Hopper");
        await technician.Locator("#tab-pin").ClickAsync();

        await technician.Locator("#create-submit").ClickAsync();
        await Expect(technician.Locator("#reference-error")).ToContainTextAsync(missing);
        await Expect(technician.Locator("#reference")).ToBeFocusedAsync();
        await technician.Locator("#reference").FillAsync("42");
        await technician.Locator("#create-submit").ClickAsync();
        await Expect(technician.Locator("#reference-error")).ToContainTextAsync(wrong);
        await technician.KeepAsync($"reference-{language}");
        await technician.Locator("#reference").FillAsync("INC-42");
        await technician.Locator("#create-submit").ClickAsync();

        await Expect(technician.Locator("#created-pin")).ToHaveTextAsync(new Regex(@"^\d{6}$"));
    }

    /// <summary>The sample with references of one form.</summary>
    public sealed class StrictDesk()
        : BrowserFixture([("Rescue__References__IsRequired", "true"), ("Rescue__References__Pattern", "INC-[0-9]+"), ("Rescue__References__Example", "INC-42")]);
}
