namespace Rescue.Sessions.Email.Templates;

/// <summary>Finds the name that a misspelt one was probably meant to be.</summary>
internal static class PlaceholderSpelling
{
    /// <summary>Longer names are not compared: they are no slips of the pen, and the comparison is quadratic.</summary>
    private const int MaxLength = 32;

    /// <summary>The nearest name, or the word of this language for one of another; <see langword="null"/> when none is near.</summary>
    public static string? Nearest(ReadOnlySpan<char> written, TemplateNames? names = null)
    {
        if (written.Length > MaxLength)
            return null;
        if (written is "elseif" or "elsif" or "elif")
            return "else if";
        if (written is "endif" or "fi")
            return "end";
        string? nearest = null;
        var least = Math.Max(3, written.Length / 2);
        foreach (var placeholder in (names ?? TemplateNames.BuiltIn).All)
        {
            if (Distance(written, placeholder.Name) is var distance && distance >= least)
                continue;
            least = distance;
            nearest = placeholder.Name;
        }

        return nearest ?? NearestByEnding(written, names ?? TemplateNames.BuiltIn);
    }

    /// <summary>Somebody who writes <c>url</c>, <c>customer</c> or <c>agent.email</c> remembers one half of the name.</summary>
    private static string? NearestByEnding(ReadOnlySpan<char> written, TemplateNames names)
    {
        var half = written[(written.LastIndexOf('.') + 1)..].Trim('_');
        if (half.IsEmpty)
            return null;
        foreach (var placeholder in names.All)
        {
            var name = placeholder.Name.AsSpan();
            if (name.EndsWith(half, StringComparison.OrdinalIgnoreCase) || name.StartsWith(half, StringComparison.OrdinalIgnoreCase))
                return placeholder.Name;
        }

        return null;
    }

    /// <summary>The number of letters to change, ignoring case (Levenshtein distance).</summary>
    private static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Span<int> row = stackalloc int[right.Length + 1];
        for (var column = 0; column < row.Length; column++)
            row[column] = column;
        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column < row.Length; column++)
            {
                var cost = char.ToLowerInvariant(left[line - 1]) == char.ToLowerInvariant(right[column - 1]) ? 0 : 1;
                var best = Math.Min(Math.Min(row[column], row[column - 1]) + 1, diagonal + cost);
                diagonal = row[column];
                row[column] = best;
            }
        }

        return row[^1];
    }
}
