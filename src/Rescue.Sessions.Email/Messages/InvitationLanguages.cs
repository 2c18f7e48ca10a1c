using System.Collections.Immutable;
using System.Globalization;
using System.Resources;

namespace Rescue.Sessions.Email.Messages;

/// <summary>The languages that have a built-in invitation: those with a resource file.</summary>
internal static class InvitationLanguages
{
    private const string Neutral = "en";

    private static readonly Lazy<ImmutableArray<string>> Available = new(Find);

    /// <summary>Their BCP 47 tags, English first.</summary>
    public static ImmutableArray<string> All => Available.Value;

    /// <summary>Whether a message in the language is there, in itself or in a broader form of it, as <c>fr</c> is for <c>fr-CA</c>.</summary>
    public static bool Has(string? tag) =>
        tag is not null && LanguageTag.IsWellFormed(tag) && All.Contains(tag.Split('-')[0], StringComparer.OrdinalIgnoreCase);

    private static ImmutableArray<string> Find()
    {
        var resources = new ResourceManager(typeof(InvitationMessages));
        var translated = CultureInfo.GetCultures(CultureTypes.NeutralCultures)
            .Where(culture => culture.Name.Length > 0 && culture.Name != Neutral)
            .Where(culture => resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false) is not null)
            .Select(culture => culture.Name);
        return [Neutral, .. translated.Order()];
    }
}
