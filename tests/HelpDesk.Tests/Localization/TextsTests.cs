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

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
