using System.Text.RegularExpressions;

namespace HelpDesk.Inbox;

/// <summary>Prepares a mail's HTML for its sandboxed frame.</summary>
internal static partial class MailHtml
{
    private const string NewTab = "<base target=\"_blank\">";

    /// <summary>Makes links open a tab of their own: inside the frame they would be shut in the mail's sandbox.</summary>
    public static string WithLinksInNewTabs(string html) =>
        Head().Match(html) is { Success: true } head ? html.Insert(head.Index + head.Length, NewTab) : NewTab + html;

    /// <summary>Puts the images that came with the mail where it calls them by <c>cid:</c> (RFC 2392), each once: the frame can fetch nothing.</summary>
    public static string WithImages(string html, IReadOnlyDictionary<string, string> images)
    {
        foreach (var (id, image) in images)
        {
            var address = $"cid:{id}";
            if (html.IndexOf(address, StringComparison.Ordinal) is >= 0 and var place)
                html = html.Remove(place, address.Length).Insert(place, image);
        }

        return html;
    }

    [GeneratedRegex("<head(\\s[^>]*)?>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Head();
}
