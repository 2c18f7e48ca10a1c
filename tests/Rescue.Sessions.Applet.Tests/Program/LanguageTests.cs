using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using RescueApplet.Languages;

namespace Rescue.Sessions.Applet.Tests.Program;

public class LanguageTests
{
    [Fact]
    public void Texts_EveryProperty_HasItsEnglishLine() =>
        Lines(CultureInfo.InvariantCulture).Keys.Should().BeEquivalentTo(
            typeof(Texts).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.Name));

    [Theory]
    [InlineData("ar")]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("nl")]
    public void Texts_Translation_SaysEverythingWithTheSamePlaceholders(string language)
    {
        var (english, translation) = (Lines(CultureInfo.InvariantCulture), Lines(CultureInfo.GetCultureInfo(language)));

        translation.Keys.Should().BeEquivalentTo(english.Keys);
        foreach (var (name, line) in english)
            Placeholders(translation[name]).Should().BeEquivalentTo(Placeholders(line), name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ar")]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("nl")]
    public void Texts_Anything_HoldsNoInternalWord(string language) =>
        string.Join(' ', Lines(CultureInfo.GetCultureInfo(language)).Values).Should().NotMatchRegex("(?i)exception|standard input|stdin|socket|HTTP [0-9]|6 to 12|heartbeat");

    [Theory]
    [InlineData("", "cannot go on", "new link")]
    [InlineData("ar", "ولا يمكن متابع", "رابطًا جديدًا")]
    [InlineData("de", "kann nicht weitergehen", "neuen Link")]
    [InlineData("es", "no puede continuar", "enlace nuevo")]
    [InlineData("fr", "ne peut pas continuer", "nouveau lien")]
    [InlineData("nl", "kan niet verdergaan", "nieuwe link")]
    public void TimedOut_WhichNobodyCanResume_SaysSoAndWhatHelps(string language, string end, string help) =>
        Lines(CultureInfo.GetCultureInfo(language))[nameof(Texts.TimedOut)].Should().Contain(end).And.Contain(help);

    [Theory]
    [InlineData("fr-CA", "fr")]
    [InlineData("fr", "fr")]
    [InlineData("en-GB", "en")]
    [InlineData("de-CH-1996", "de")]
    [InlineData("ar-EG", "ar")]
    [InlineData("nl-BE", "nl")]
    [InlineData("pt-BR", "")]
    [InlineData("", "")]
    public void Nearest_Culture_IsTheOneThatHasTexts(string name, string expected) =>
        Language.Nearest(CultureInfo.GetCultureInfo(name)).Name.Should().Be(expected);

    [Theory]
    [InlineData("fr_CA.UTF-8", null, null, "fr-CA")]
    [InlineData(null, "fr_FR", "en_US.UTF-8", "fr-FR")]
    [InlineData("", "", "fr_FR@euro", "fr-FR")]
    [InlineData("C.UTF-8", "fr_FR", null, "")]
    [InlineData(null, null, "POSIX", "")]
    [InlineData(null, null, null, "")]
    public void FromLocale_Variables_AreReadInTheirOrder(string? all, string? messages, string? lang, string expected) =>
        Language.FromLocale(name => name switch { "LC_ALL" => all, "LC_MESSAGES" => messages, "LANG" => lang, _ => null })
            .Name.Should().Be(expected);

    private static Dictionary<string, string> Lines(CultureInfo culture) =>
        Texts.Resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>()
            .ToDictionary(line => (string)line.Key, line => (string)line.Value!);

    private static IEnumerable<string> Placeholders(string line) => Regex.Matches(line, @"\{\d\}").Select(match => match.Value).Distinct();
}
