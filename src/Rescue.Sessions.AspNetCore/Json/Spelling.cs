namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>Finds what somebody meant to write.</summary>
internal static class Spelling
{
    private const int LongestName = 64;

    /// <summary>The known name with the fewest slips (a letter more, fewer, other or swapped; case is none); null when all are too far away.</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length > LongestName)
            return null;
        var (name, slips) = known.Select(name => (name, Slips(Fold(written), Fold(name)))).DefaultIfEmpty(("", int.MaxValue)).MinBy(found => found.Item2);
        return slips <= Math.Max(1, name.Length / 3) ? name : null;
    }

    private static string Fold(string name) => name.ToUpperInvariant().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    // The distance of Damerau and Levenshtein, in its form for slips that do not overlap.
    private static int Slips(string written, string name)
    {
        var distance = new int[written.Length + 1, name.Length + 1];
        for (var i = 0; i <= written.Length; i++)
        {
            for (var j = 0; j <= name.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                var other = written[i - 1] == name[j - 1] ? 0 : 1;
                var least = Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + other);
                if (i > 1 && j > 1 && written[i - 1] == name[j - 2] && written[i - 2] == name[j - 1])
                    least = Math.Min(least, distance[i - 2, j - 2] + 1);
                distance[i, j] = least;
            }
        }

        return distance[written.Length, name.Length];
    }
}
