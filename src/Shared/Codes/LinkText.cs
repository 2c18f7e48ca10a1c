using System.Text;

namespace Rescue.Sessions.Codes;

/// <summary>
/// The one reader of links as people paste them: with words, quotes or brackets around them, wrapped over lines, with soft line breaks, quote marks and
/// invisible characters inside.
/// </summary>
/// <param name="Page">The address without query and fragment; http or https, without user name.</param>
/// <param name="Query">What it carries.</param>
internal sealed record LinkText(Uri Page, LinkQuery Query)
{
    /// <summary>The path of the page that a link leads to, below the public base address.</summary>
    public const string Path = "Customer/Code.aspx";

    private const int LongestText = 16384;

    /// <summary>The link in a text; null where there is none.</summary>
    public static LinkText? Find(string? text)
    {
        if (text is null or { Length: > LongestText })
            return null;
        // Lines are joined first: a part of a wrapped link can look like a whole one. Words behind a link, however, do not belong to it.
        var readings = ((string[])[Joined(text, softBreaks: true), Joined(text, softBreaks: false), FirstWord(text)])
            .Select(Split).OfType<LinkText>().ToArray();
        return readings.FirstOrDefault(link => link.Query.Token is not null)
            ?? readings.FirstOrDefault(link => link.Query is { HasToken: false, Pin: not null })
            ?? readings.FirstOrDefault();
    }

    public override string ToString() => "LinkText ****";

    private static LinkText? Split(string text)
    {
        text = LinkDamage.WithoutNotation(text);
        if (StartOf(text) is not (>= 0 and var start))
            return null;
        var link = text[start..];
        var (at, length) = (link.IndexOf('?', StringComparison.Ordinal), 1);
        if (at < 0)
            (at, length) = (link.IndexOf("%3F", StringComparison.OrdinalIgnoreCase), 3);
        var address = at < 0 ? link.Split('#')[0] : link[..at];
        return Uri.TryCreate(TrimEnd(address), UriKind.Absolute, out var page) && page is { Scheme: "https" or "http", Host.Length: > 0, UserInfo.Length: 0 }
            ? new(page, LinkQuery.Read(at < 0 ? "" : link[(at + length)..]))
            : null;
    }

    private static int StartOf(string text) =>
        text.IndexOf("http", StringComparison.OrdinalIgnoreCase) is >= 0 and var start
        && (text.AsSpan(start).StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.AsSpan(start).StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            ? start
            : -1;

    private static string FirstWord(string text)
    {
        var visible = string.Concat(text.EnumerateRunes().Where(rune => Rune.IsWhiteSpace(rune) || IsKept(rune)));
        return visible.IndexOf("http", StringComparison.OrdinalIgnoreCase) is >= 0 and var start ? visible[start..].Split((char[]?)null, 2)[0] : "";
    }

    private static string Joined(string text, bool softBreaks)
    {
        var joined = "";
        foreach (var line in text.Split('\n'))
        {
            // Replies put a mark before each line that they quote.
            var kept = string.Concat(line.EnumerateRunes().Where(IsKept));
            if (joined.Length > 0)
                kept = kept.TrimStart('>');
            joined = (softBreaks && kept.Length > 0 && joined.EndsWith('=') ? joined[..^1] : joined) + kept;
        }

        return joined;
    }

    private static bool IsKept(Rune rune) => !Rune.IsWhiteSpace(rune) && !LinkDamage.IsInvisible(rune);

    private static string TrimEnd(string address)
    {
        var length = address.Length;
        while (length > 0 && address[length - 1] is not ('/' or ']') && (char.IsPunctuation(address[length - 1]) || char.IsSymbol(address[length - 1])))
            length--;
        return address[..length];
    }
}
