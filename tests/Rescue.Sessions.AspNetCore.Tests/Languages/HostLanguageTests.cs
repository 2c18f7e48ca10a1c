using System.Globalization;
using System.Resources;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.AspNetCore.Tests.Languages;

/// <summary>Customer pages in a language that a host brings along.</summary>
public sealed class HostLanguageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("he", "rtl")]
    [InlineData("tlh", "ltr")]
    public async Task Page_LanguageOfTheHost_HasItsWordsAndDirectionAlone(string language, string direction)
    {
        using var folder = Complete(language);
        await using var product = await TestProduct.StartAsync(options => options.LanguageFolder = folder.Path);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Customer");
        request.Headers.TryAddWithoutValidation("Accept-Language", $"{language}-001, fr;q=0.5");

        using var answer = await product.Anyone.SendAsync(request, Cancellation);

        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        page.Should().Contain($"<html lang=\"{language}\" dir=\"{direction}\">").And.Contain("* Enter your PIN").And.NotContain(">Enter your PIN");
        answer.Content.Headers.ContentLanguage.Should().Equal(language);
    }

    [Fact]
    public async Task Refusal_WithBracesOfTheHosts_IsShownAsItStands()
    {
        using var folder = Complete("he");
        folder.Add("CustomerTexts.he.resx", [.. English().Select(word => (word.Key, word.Key is "PinWrong" ? "* {wrong" : "* " + word.Word))]);
        await using var product = await TestProduct.StartAsync(options => options.LanguageFolder = folder.Path);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Customer/browser");
        request.Headers.TryAddWithoutValidation("Accept-Language", "he");

        using var answer = await product.Anyone.SendAsync(request, Cancellation);

        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Contain("* {wrong");
    }

    [Fact]
    public async Task Start_FileLacksWords_IsRefusedWithAllOfThem()
    {
        using var folder = Complete("he");
        folder.Add("CustomerTexts.he.resx", [.. English().Where(word => word.Key is not ("PinWrong" or "Safety"))]);

        var start = () => TestProduct.StartAsync(options => options.LanguageFolder = folder.Path);

        (await start.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).WithMessage("LanguageFolder: CustomerTexts.he.resx lacks: PinWrong, Safety.*");
    }

    [Fact]
    public void Problems_MailsAloneHaveTheLanguage_AsksForThePages()
    {
        using var folder = new LanguageFolder();
        folder.Add("LayoutTexts.he.resx", ("button", "x"), ("pin", "y"));

        CustomerWords.Problems(folder.Path).Should().ContainSingle().Which.Should().StartWith("LanguageFolder has words in the language he, but no CustomerTexts.he.resx.");
    }

    private static LanguageFolder Complete(string language) => new LanguageFolder()
        .Add($"CustomerTexts.{language}.resx", [.. English().Select(word => (word.Key, "* " + word.Word))])
        .Add($"InvitationMessages.{language}.resx", ("subject", "*"), ("text", "* {{ link.url }}\n{{ pin.code }}"), ("subjectAgain", "{0} *"))
        .Add($"LayoutTexts.{language}.resx", ("button", "*"), ("pin", "* {0}"), ("preview", "* {0}"), ("check", "*"), ("decline", "*"));

    private static IEnumerable<(string Key, string Word)> English() =>
        new ResourceManager(typeof(CustomerTexts)).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>().Select(entry => ((string)entry.Key, (string)entry.Value!));
}
