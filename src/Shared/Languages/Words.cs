using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;

namespace Rescue.Sessions.Languages;

/// <summary>
/// The words of one resource in every language that is there: ours, and those of the host's folder, which win. A language is there as a whole or not at
/// all, so that nothing is put together of two. Immutable.
/// </summary>
internal sealed class Words
{
    /// <summary>The language that is always there.</summary>
    public const string Last = "en";

    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> languages;

    private Words(IEnumerable<KeyValuePair<string, FrozenDictionary<string, string>>> languages) =>
        this.languages = languages.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads ours.</summary>
    public static Words Shipped(ResourceManager resources) => new(
        CultureInfo.GetCultures(CultureTypes.NeutralCultures)
            .Select(culture => (Tag: culture.Name.Length == 0 ? Last : culture.Name, Set: SetOf(resources, culture)))
            .Where(found => found.Set is not null)
            .Select(found => KeyValuePair.Create(found.Tag, found.Set!)));

    /// <summary>The tags of the languages, English first.</summary>
    public IEnumerable<string> Languages => languages.Keys.OrderBy(tag => tag == Last ? "" : tag, StringComparer.Ordinal);

    /// <summary>The words with those of the host's files for the resource, which <see cref="WordsCheck"/> has found fit.</summary>
    public Words With(IEnumerable<ResourceFile> files, string resource)
    {
        var all = new Dictionary<string, FrozenDictionary<string, string>>(languages, StringComparer.OrdinalIgnoreCase);
        foreach (var file in files.Where(file => file.Resource == resource && LanguageTag.IsWellFormed(file.Language)))
            all[LanguageTag.Normalize(file.Language)] = file.Read().ToFrozenDictionary(StringComparer.Ordinal);
        return new(all);
    }

    /// <summary>The words of exactly this language; null when it is not there.</summary>
    public IReadOnlyDictionary<string, string>? Find(string language) => languages.GetValueOrDefault(language);

    /// <summary>The words of the nearest language that is there; null when none is.</summary>
    public IReadOnlyDictionary<string, string>? FindNearest(string? tag) => Nearest(tag) is { } nearest ? Find(nearest) : null;

    /// <summary>The nearest language that is there: the tag itself, or what it is a part of, as <c>fr</c> is for <c>fr-CA</c>; null for none.</summary>
    public string? Nearest(string? tag)
    {
        if (tag is null || !LanguageTag.IsWellFormed(tag))
            return null;
        for (var length = tag.Length; length > 0; length = tag.LastIndexOf('-', length - 1))
        {
            if (languages.ContainsKey(tag[..length]))
                return LanguageTag.Normalize(tag[..length]);
        }

        return null;
    }

    private static FrozenDictionary<string, string>? SetOf(ResourceManager resources, CultureInfo culture) =>
        // English is the neutral one.
        culture.Name == Last ? null : resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)?
            .Cast<DictionaryEntry>().ToFrozenDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
}
