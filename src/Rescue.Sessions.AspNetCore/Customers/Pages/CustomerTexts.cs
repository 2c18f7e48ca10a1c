using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Languages;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>The words of the customer's pages in one language.</summary>
internal sealed class CustomerTexts
{
    // Looking a language up is not free, and anybody can ask for thousands of them; browsers ask for a handful.
    private const int MostAsked = 10;

    private readonly IReadOnlyDictionary<string, string> words;
    private readonly CultureInfo culture;

    private CustomerTexts(string language, IReadOnlyDictionary<string, string> words)
    {
        Language = language;
        this.words = words;
        culture = LanguageTag.CultureOf(language);
    }

    /// <summary>The language as a BCP 47 tag.</summary>
    public string Language { get; }

    /// <summary>The direction of writing, for HTML's <c>dir</c>.</summary>
    public string Direction => LanguageTag.Direction(Language);

    public string this[string name] => words.TryGetValue(name, out var word) ? word : throw new MissingManifestResourceException(name);

    /// <summary>How to open the download on a platform; in general words where it has none of its own.</summary>
    public string StepOpen(DevicePlatform platform, string program) =>
        Format(words.ContainsKey($"StepOpen_{platform.ToName()}") ? $"StepOpen_{platform.ToName()}" : "StepOpen", program);

    /// <summary>Why the customer is here: whoever has made the session would like to help, or they have asked for it.</summary>
    public string Introduction(Organization organization, Session session) => session.CreatedBy is { } maker
        ? Format("LandingIntro", maker.Name, organization.Name)
        : Format("Request_Landing_Intro", organization.Name);

    /// <summary>Why somebody cannot come in. One of these texts names the organisation; a host's own words of the others have braces where they please.</summary>
    public string Refusal(string name, Organization organization) => name == "Error_technician_Text" ? Format(name, organization.Name) : this[name];

    /// <summary>The text with its values filled in; where one reads from right to left, names of the other direction are kept whole.</summary>
    public string Format(string name, params object?[] values) =>
        string.Format(culture, this[name], Direction == "rtl" ? Array.ConvertAll(values, Isolate) : values);

    // Unicode's isolates (UAX 9, section 2.4.2): the full stop of "Example Inc." then stays where it belongs.
    private static object? Isolate(object? value) => value is string { Length: > 0 } text ? $"\u2068{text}\u2069" : value;

    /// <summary>The sentence of an organisation's own in this language; null when it has none.</summary>
    public string? Of(ImmutableDictionary<string, string> wording) => wording.GetValueOrDefault(Language) ?? wording.GetValueOrDefault(Language.Split('-')[0]);

    /// <summary>
    /// The first language the browser asks for that is there and that the organisation speaks; else that of the invitation; else the organisation's
    /// first; else English.
    /// </summary>
    public static CustomerTexts For(HttpRequest request, Organization organization, string? invited = null)
    {
        var words = request.HttpContext.RequestServices.GetRequiredService<CustomerWords>().Words;
        var asked = request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality != 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Take(MostAsked)
            .Select(language => language.Value.Value);
        var found = asked.Select(words.Nearest).FirstOrDefault(language => language is not null && Speaks(organization, language))
            ?? organization.Languages.Prepend(invited).Select(words.Nearest).FirstOrDefault(language => language is not null)
            ?? Words.Last;
        return new(found, words.Find(found)!);
    }

    // English of Canada is English.
    private static bool Speaks(Organization organization, string language) => organization.Languages.IsEmpty
        || organization.Languages.Any(tag => tag.Split('-')[0].Equals(language.Split('-')[0], StringComparison.OrdinalIgnoreCase));
}
