using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Rescue.Sessions.AspNetCore.Customers.Pages;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

public partial class CustomerTextsTests
{
    [Theory]
    [InlineData("ar")]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("nl")]
    public void Translation_HasTheKeysOfEnglishWithTheSamePlaceholders(string language)
    {
        var english = Read(CultureInfo.InvariantCulture);
        var translation = Read(CultureInfo.GetCultureInfo(language));

        english.Should().NotBeEmpty();
        translation.Keys.Should().BeEquivalentTo(english.Keys);
        foreach (var (key, text) in english)
        {
            translation[key].Should().NotBeNullOrWhiteSpace(key);
            Placeholders(translation[key]).Should().BeEquivalentTo(Placeholders(text), key);
        }
    }

    [Theory]
    [InlineData("", "cannot go on", "new link")]
    [InlineData("ar", "ولا يمكن متابع", "رابطًا جديدًا")]
    [InlineData("de", "kann nicht weitergehen", "neuen Link")]
    [InlineData("es", "no puede continuar", "enlace nuevo")]
    [InlineData("fr", "ne peut pas continuer", "nouveau lien")]
    [InlineData("nl", "kan niet verdergaan", "nieuwe link")]
    public void TimedOut_WhichNobodyCanResume_SaysSoAndWhatHelps(string language, string end, string help) =>
        Read(CultureInfo.GetCultureInfo(language))["Browser_timedOut_Text"].Should().Contain(end).And.Contain(help);

    private static Dictionary<string, string> Read(CultureInfo culture) =>
        new ResourceManager(typeof(CustomerTexts)).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
