using System.Collections.Immutable;

namespace Rescue.Sessions.Email.Templates;

/// <summary>The names a template may use: the built-in ones, then the host's own. Immutable.</summary>
internal sealed class TemplateNames
{
    /// <summary>The most names together; what an expression may print is one bit each.</summary>
    public const int Most = 64;

    /// <summary>What the names of functions begin with, and so none of these.</summary>
    public static readonly ImmutableArray<string> OfFunctions = ["string", "math", "array", "date"];

    private readonly Dictionary<string, int> places;

    public TemplateNames(IEnumerable<TemplatePlaceholder> own)
    {
        All = [.. TemplatePlaceholder.All, .. own];
        places = All.Select((placeholder, place) => (placeholder.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);
        Trials =
        [
            TemplateValues.Invented(placeholder => placeholder.Sample, this),
            TemplateValues.Invented(placeholder => new('W', placeholder.MaxLength), this, isMobile: true),
            TemplateValues.Invented(placeholder => placeholder.IsOptional ? null : "1", this),
        ];
    }

    public static TemplateNames BuiltIn { get; } = new([]);

    public ImmutableArray<TemplatePlaceholder> All { get; }

    /// <summary>The host's own names.</summary>
    public IEnumerable<TemplatePlaceholder> Own => All.Skip(TemplatePlaceholder.All.Length);

    /// <summary>The values with which templates are tried when they are checked: the samples first, then all at their longest, then none that may be missing.</summary>
    public ImmutableArray<TemplateValues> Trials { get; }

    /// <summary>Values of the host's own names; those for which there is none are left out.</summary>
    public Dictionary<string, string> ValuesOfOwn(Func<TemplatePlaceholder, string?> valueOf)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var placeholder in Own)
        {
            if (valueOf(placeholder) is { } value)
                values[placeholder.Name] = value;
        }

        return values;
    }

    /// <summary>The host's own placeholder of a name; null when there is none.</summary>
    public TemplatePlaceholder? FindOwn(string name) => IndexOf(name) is var place && place >= TemplatePlaceholder.All.Length ? All[place] : null;

    /// <summary>The place of a name, or -1.</summary>
    public int IndexOf(string name) => places.TryGetValue(name, out var place) ? place : -1;

    /// <summary>Whether a word is what names begin with, such as <c>customer</c>.</summary>
    public bool IsNamespace(string word) =>
        places.Keys.Any(name => name.AsSpan(0, name.IndexOf('.')).SequenceEqual(word)) || OfFunctions.Contains(word);
}
