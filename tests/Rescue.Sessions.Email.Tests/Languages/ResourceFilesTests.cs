using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Rescue.Sessions.Email.Messages;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Languages;

/// <summary>A text that a translation lacks, or a value that it does not fill in, would show only to those who read that language.</summary>
public sealed partial class ResourceFilesTests
{
    private const string Administrators = "fr nl";
    private const string Customers = "ar de es fr nl";

    [Theory]
    [InlineData(typeof(InvitationMessages), Customers)]
    [InlineData(typeof(LayoutMarkup), Customers, "LayoutTexts")]
    [InlineData(typeof(TemplateProblem), Administrators, "TemplateProblemTexts")]
    [InlineData(typeof(TemplatePlaceholder), Administrators, "TemplatePlaceholderMeanings")]
    [InlineData(typeof(TemplateFunction), Administrators, "TemplateFunctionMeanings")]
    public void Translation_HasTheKeysOfEnglishWithTheSamePlaceholders(Type owner, string languages, string? name = null)
    {
        var resources = new ResourceManager($"{owner.Namespace}.{name ?? owner.Name}", owner.Assembly);
        var english = Read(resources, CultureInfo.InvariantCulture)!;
        var translations = CultureInfo.GetCultures(CultureTypes.NeutralCultures)
            .Where(culture => culture.Name is not ("" or "en"))
            .Select(culture => (culture.Name, Texts: Read(resources, culture)))
            .Where(translation => translation.Texts is not null)
            .ToDictionary(translation => translation.Name, translation => translation.Texts!);

        translations.Keys.Should().BeEquivalentTo(languages.Split(' '));
        foreach (var (language, texts) in translations)
        {
            texts.Keys.Should().BeEquivalentTo(english.Keys, language);
            foreach (var (key, text) in english)
            {
                texts[key].Should().NotBeNullOrWhiteSpace($"{key} is shown in {language}");
                Placeholders(texts[key]).Should().BeEquivalentTo(Placeholders(text), $"{key} in {language} fills in the same values");
            }
        }
    }

    private static Dictionary<string, string>? Read(ResourceManager resources, CultureInfo culture) =>
        resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)?
            .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct();

    [GeneratedRegex(@"\{[0-9][^}]*\}|\b(customer|technician|organization|link|pin|session|device)\.[a-z_]+\b(?=[^{]*\}\})")]
    private static partial Regex Placeholder();
}
