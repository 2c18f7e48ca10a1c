namespace Rescue.Sessions.Email.Mailto;

/// <summary>Bodies for a draft, from the whole text down to what is next to the link; each has the whole link on a line of its own.</summary>
internal static class DraftBody
{
    public static IEnumerable<string> FromLongest(string text, string link)
    {
        var whole = LinkOnItsOwnLine(text, link);
        yield return whole;

        // The paragraphs nearest the link say what to do with it; greeting and signature stand farthest away.
        var paragraphs = whole.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindIndex(paragraphs, p => HoldsLink(p, link));
        for (var distance = Math.Max(at, paragraphs.Length - 1 - at) - 1; distance >= 0; distance--)
        {
            var first = Math.Max(0, at - distance);
            var last = Math.Min(paragraphs.Length - 1, at + distance);
            yield return string.Join("\n\n", paragraphs[first..(last + 1)]).Trim('\n');
        }
    }

    private static bool HoldsLink(string paragraph, string link) => Array.Exists(paragraph.Split('\n'), line => line == link);

    /// <summary>The text as it is when the link stands alone already; otherwise broken around the link, or followed by it.</summary>
    private static string LinkOnItsOwnLine(string text, string link)
    {
        if (HoldsLink(text, link))
            return text;
        var lines = new List<string>();
        var found = false;
        foreach (var line in text.Split('\n'))
        {
            var at = found ? -1 : IndexOfWhole(line, link);
            if (at < 0)
            {
                lines.Add(line);
                continue;
            }

            found = true;
            AddUnlessBlank(lines, line[..at]);
            lines.Add(link);
            AddUnlessBlank(lines, line[(at + link.Length)..]);
        }

        if (!found)
            lines.AddRange(["", link]);
        return string.Join('\n', lines);
    }

    private static void AddUnlessBlank(List<string> lines, string words)
    {
        if (!string.IsNullOrWhiteSpace(words))
            lines.Add(words.Trim());
    }

    /// <summary>Where the link stands and does not go on: a longer address that begins with it is another address.</summary>
    private static int IndexOfWhole(string line, string link)
    {
        for (var at = line.IndexOf(link, StringComparison.Ordinal); at >= 0; at = line.IndexOf(link, at + 1, StringComparison.Ordinal))
        {
            var end = at + link.Length;
            if (end == line.Length || !(char.IsLetterOrDigit(line[end]) || "-_=&%/#?+".Contains(line[end], StringComparison.Ordinal)))
                return at;
        }

        return -1;
    }
}
