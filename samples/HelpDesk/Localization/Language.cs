namespace HelpDesk.Localization;

/// <summary>One language of the pages: the texts of one file in <c>wwwroot/lang</c>.</summary>
public sealed class Language(string code, IReadOnlyDictionary<string, string> texts, Language? fallback)
{
    /// <summary>The language tag (BCP 47) that names the file.</summary>
    public string Code { get; } = code;

    /// <summary>The language's own name for itself.</summary>
    public string Name => this["language.name"];

    /// <summary>The text for a key, from the fallback language where this one has none.</summary>
    public string this[string key] =>
        texts.TryGetValue(key, out var text) ? text
        : fallback is not null ? fallback[key]
        : throw new KeyNotFoundException($"No text for '{key}' in wwwroot/lang/{Code}.json. Add it there.");

    /// <summary>The text for a key with its <c>{0}</c> filled in.</summary>
    public string Format(string key, object value) => this[key].Replace("{0}", value.ToString(), StringComparison.Ordinal);

    public IEnumerable<string> Keys => texts.Keys;
}
