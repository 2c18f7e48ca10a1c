namespace Rescue.Sessions.Email.Languages;

/// <summary>The languages in which a template is looked for.</summary>
internal static class LanguageChain
{
    /// <summary>Each tag and its parents in turn (RFC 4647, section 3.4), every one once.</summary>
    public static IEnumerable<string> Of(params IEnumerable<string?> tags) => tags.OfType<string>().SelectMany(WithParents).Distinct();

    private static IEnumerable<string> WithParents(string tag)
    {
        for (var rest = LanguageTag.Normalize(LanguageTag.Nearest(tag)); rest.Length > 0; rest = Parent(rest))
            yield return rest;
    }

    private static string Parent(string tag)
    {
        var cut = Math.Max(0, tag.LastIndexOf('-'));
        // A single letter or digit only introduces what follows it.
        return cut >= 2 && tag[cut - 2] == '-' ? tag[..(cut - 2)] : tag[..cut];
    }
}
