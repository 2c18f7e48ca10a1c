using HelpDesk.Localization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Localization;

public sealed class LanguagesTests
{
    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("fr-CA, en;q=0.5", "fr")]
    [InlineData("de, fr;q=0.3, en;q=0.8", "en")]
    [InlineData("fr;q=0, en;q=0.1", "en")]
    [InlineData("de", "en")]
    [InlineData("", "en")]
    [InlineData("*", "en")]
    public void For_AcceptLanguage_PicksTheBestThereIs(string accepted, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.AcceptLanguage = accepted;

        WebRoot.Languages.For(request).Code.Should().Be(expected);
    }

    [Fact]
    public void For_RememberedChoice_WinsOverAcceptLanguage()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.AcceptLanguage = "en";
        request.Headers.Cookie = "language=fr";

        WebRoot.Languages.For(request).Code.Should().Be("fr");
    }

    [Fact]
    public void All_AnotherFile_IsAnotherLanguageWithEnglishForWhatItLacks()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "lang"));
        File.WriteAllText(Path.Combine(folder.Path, "lang", "en.json"), """{"language.name":"English","brand":"Help desk"}""");
        File.WriteAllText(Path.Combine(folder.Path, "lang", "de.json"), """{"language.name":"Deutsch"}""");
        using var files = new PhysicalFileProvider(folder.Path);

        var languages = new Languages(files);

        languages.All.Select(language => language.Name).Should().Equal("Deutsch", "English");
        languages.Find("de")!["brand"].Should().Be("Help desk");
    }

    [Fact]
    public void Text_UnknownKey_NamesTheKeyAndTheFile()
    {
        var read = () => WebRoot.Languages.Find("en")!["no.such.key"];

        read.Should().Throw<KeyNotFoundException>().WithMessage("*no.such.key*en.json*");
    }
}
