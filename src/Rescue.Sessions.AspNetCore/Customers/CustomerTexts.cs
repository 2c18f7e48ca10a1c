using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>The words of the customer's pages in one language. Another language is another <c>CustomerTexts.*.resx</c>.</summary>
internal sealed class CustomerTexts
{
    // Looking a language up is not free, and anybody can ask for thousands of them; browsers ask for a handful.
    private const int MostAsked = 10;

    private static readonly ResourceManager Resources = new(typeof(CustomerTexts));

    private CustomerTexts(CultureInfo culture) => Culture = culture;

    public CultureInfo Culture { get; }

    public string Language => Culture.TwoLetterISOLanguageName;

    public string this[string name] => Resources.GetString(name, Culture) ?? throw new MissingManifestResourceException(name);

    /// <summary>How to open the download on a platform; in general words where it has none of its own.</summary>
    public string StepOpen(DevicePlatform platform, string program) =>
        Format(Resources.GetString($"StepOpen_{platform.ToName()}", Culture) is null ? "StepOpen" : $"StepOpen_{platform.ToName()}", program);

    /// <summary>The text with its values filled in; where one reads from right to left, names of the other direction are kept whole.</summary>
    public string Format(string name, params object?[] values) =>
        string.Format(Culture, this[name], Culture.TextInfo.IsRightToLeft ? Array.ConvertAll(values, Isolate) : values);

    // Unicode's isolates (UAX 9, section 2.4.2): the full stop of "Example Inc." then stays where it belongs.
    private static object? Isolate(object? value) => value is string { Length: > 0 } text ? $"\u2068{text}\u2069" : value;

    /// <summary>The sentence of an organisation's own in this language; null when it has none.</summary>
    public string? Of(ImmutableDictionary<string, string> wording) => wording.GetValueOrDefault(Culture.Name) ?? wording.GetValueOrDefault(Language);

    /// <summary>
    /// The first language the browser asks for that is there and that the organisation speaks; else that of the invitation; else the organisation's
    /// first; else English.
    /// </summary>
    public static CustomerTexts For(HttpRequest request, Organization organization, string? invited = null)
    {
        var asked = request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality != 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Take(MostAsked)
            .Select(language => language.Value.Value);
        foreach (var tag in asked)
        {
            if (Find(tag) is { } culture && Speaks(organization, culture))
                return new(culture);
        }

        foreach (var tag in organization.Languages.Prepend(invited))
        {
            if (Find(tag) is { } culture)
                return new(culture);
        }

        return new(CultureInfo.GetCultureInfo("en"));
    }

    // English of Canada is English.
    private static bool Speaks(Organization organization, CultureInfo culture) => organization.Languages.IsEmpty
        || organization.Languages.Any(tag => tag.Split('-')[0].Equals(culture.TwoLetterISOLanguageName, StringComparison.OrdinalIgnoreCase));

    private static CultureInfo? Find(string? tag)
    {
        if (string.IsNullOrEmpty(tag) || tag.Length > 35)
            return null;
        try
        {
            for (var culture = CultureInfo.GetCultureInfo(tag, predefinedOnly: true); culture.Name.Length > 0; culture = culture.Parent)
            {
                if (culture.Name == "en" || Resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false) is not null)
                    return culture;
            }
        }
        catch (CultureNotFoundException)
        {
            // A browser may ask for any tag; one that nobody knows has no texts.
        }

        return null;
    }
}
