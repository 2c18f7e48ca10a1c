using System.Text.RegularExpressions;

namespace HelpDesk.Inbox;

/// <summary>Finds the web addresses in plain text, so that a page can make links of them.</summary>
internal static partial class TextLinks
{
    /// <summary>The text in pieces, in order; a piece is either plain or an address.</summary>
    public static IEnumerable<(string Piece, bool IsLink)> Split(string text)
    {
        var from = 0;
        foreach (Match match in Address().Matches(text))
        {
            // A full stop or bracket after an address belongs to the sentence.
            var address = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'');
            yield return (text[from..match.Index], false);
            yield return (address, true);
            from = match.Index + address.Length;
        }
        yield return (text[from..], false);
    }

    [GeneratedRegex(@"\bhttps?://[^\s<>""]+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
