using System.Text.RegularExpressions;
using System.Xml;

namespace Rescue.Sessions.Languages;

/// <summary>Checks the files of a host's own words against the English ones, when the host starts.</summary>
internal static partial class WordsCheck
{
    private const string Property = "LanguageFolder";

    /// <summary>What customers read; a language needs all of these, from us or from the folder.</summary>
    private static readonly string[] Resources = ["CustomerTexts", "InvitationMessages", "LayoutTexts", "SmsTexts"];

    /// <summary>Every problem of the folder for one resource.</summary>
    /// <param name="folder">The host's folder; null for none.</param>
    /// <param name="resource">The resource, such as <c>CustomerTexts</c>.</param>
    /// <param name="shipped">Our own words of it.</param>
    public static IEnumerable<string> Problems(string? folder, string resource, Words shipped)
    {
        if (folder is null)
            return [];
        if (!Directory.Exists(folder))
            return [$"{Property} is a folder that is not there: {folder}. Put the resource files of your languages into it, or leave it out."];
        var files = ResourceFile.In(folder).ToList();
        var own = files.Where(file => file.Resource == resource).ToList();
        return own.SelectMany(file => Problems(file, shipped.Find(Words.Last)!))
            .Concat(files.Where(file => Resources.Contains(file.Resource)).Select(file => file.Language)
                .Where(language => LanguageTag.IsWellFormed(language) && shipped.Nearest(language) is null)
                .Except(own.Select(file => file.Language), StringComparer.OrdinalIgnoreCase)
                .Select(language => $"{Property} has words in the language {language}, but no {resource}.{language}.resx. Add it: customers would read two languages."));
    }

    private static IEnumerable<string> Problems(ResourceFile file, IReadOnlyDictionary<string, string> english)
    {
        var name = $"{Property}: {Path.GetFileName(file.Path)}";
        if (!LanguageTag.IsWellFormed(file.Language))
        {
            yield return $"{name} is named by what is no language. Name it {file.Resource}.TAG.resx, with a BCP 47 tag such as nl or pt-BR.";
            yield break;
        }

        var words = Read(file, out var problem);
        if (words is null)
        {
            yield return $"{name} cannot be read. {problem}";
            yield break;
        }

        if (english.Keys.Where(key => !words.TryGetValue(key, out var word) || string.IsNullOrWhiteSpace(word)).Order(StringComparer.Ordinal).ToList() is [_, ..] missing)
            yield return $"{name} lacks: {string.Join(", ", missing)}. Add these words, or customers would read English between the others.";
        if (words.Keys.Except(english.Keys).Order(StringComparer.Ordinal).ToList() is [_, ..] unknown)
            yield return $"{name} has words that nothing asks for: {string.Join(", ", unknown)}. Correct their names, or take them out.";
        foreach (var (key, word) in words)
        {
            if (english.TryGetValue(key, out var original) && !string.IsNullOrWhiteSpace(word) && !Places(word).SetEquals(Places(original)))
                yield return $"{name} must fill in the same values as in English in {key}: {string.Join(" ", Places(original).Order(StringComparer.Ordinal).DefaultIfEmpty("none"))}.";
        }
    }

    private static Dictionary<string, string>? Read(ResourceFile file, out string? problem)
    {
        try
        {
            problem = null;
            return file.Read();
        }
        catch (Exception failure) when (failure is XmlException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            problem = failure.Message;
            return null;
        }
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    // A template between two braces is another language, and checked as such.
    [GeneratedRegex(@"(?<!\{)\{[0-9]+\}(?!\})")]
    private static partial Regex Place();
}
