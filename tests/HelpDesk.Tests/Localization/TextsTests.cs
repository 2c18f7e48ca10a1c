using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Localization;

public sealed partial class TextsTests
{
    [Fact]
    public void Languages_Each_HasEveryTextWithTheSamePlaces()
    {
        var english = WebRoot.Languages.Find("en")!;

        foreach (var language in WebRoot.Languages.All)
        {
            language.Keys.Should().BeEquivalentTo(english.Keys, $"{language.Code}.json is complete");
            foreach (var key in english.Keys)
                Places(language[key]).Should().BeEquivalentTo(Places(english[key]), $"{key} in {language.Code}.json is filled in alike");
        }
    }

    [Fact]
    public void Scripts_EveryTextTheyName_IsThere()
    {
        var english = WebRoot.Languages.Find("en")!.Keys.ToHashSet();

        var named = Directory.EnumerateFiles(Path.Combine(WebRoot.Path, "js"), "*.js", SearchOption.AllDirectories)
            .SelectMany(file => NamedText().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();

        named.Should().HaveCountGreaterThan(30);
        named.Should().BeSubsetOf(english);
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"\bt\('([\w.]+)'")]
    private static partial Regex NamedText();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
