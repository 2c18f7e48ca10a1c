using System.Text.RegularExpressions;

namespace HelpDesk.Inbox;

/// <summary>Prepares a mail's HTML for its sandboxed frame.</summary>
internal static partial class MailHtml
{
    private const string NewTab = "<base target=\"_blank\">";

    /// <summary>Makes links open a tab of their own: inside the frame they would be shut in the mail's sandbox.</summary>
    public static string WithLinksInNewTabs(string html) =>
        Head().Match(html) is { Success: true } head ? html.Insert(head.Index + head.Length, NewTab) : NewTab + html;

    [GeneratedRegex("<head(\\s[^>]*)?>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Head();
}
