using System.Globalization;

namespace HelpDesk.Inbox.Smtp;

/// <summary>The argument of MAIL or RCPT: <c>FROM:&lt;address&gt; PARAMETER=value ...</c> (RFC 5321, section 4.1.2).</summary>
internal readonly record struct SmtpPath(string Address, IReadOnlyList<string> Parameters)
{
    public static SmtpPath? Parse(string argument, string keyword)
    {
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
            return null;
        var rest = argument[keyword.Length..].TrimStart(' ');
        var end = EndOfAddress(rest);
        if (end < 0 || (end + 1 < rest.Length && rest[end + 1] != ' '))
            return null;
        return new(rest[1..end], rest[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The declared size, null when there is none (RFC 1870).</summary>
    public long? Size =>
        Parameters.Where(p => p.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase)).Select(p => Number(p[5..])).FirstOrDefault();

    // A quoted local part may itself hold ">" (section 4.1.2, Quoted-string).
    private static int EndOfAddress(string path)
    {
        if (!path.StartsWith('<'))
            return -1;
        var quoted = false;
        for (var i = 1; i < path.Length; i++)
        {
            if (quoted && path[i] == '\\')
                i++;
            else if (path[i] == '"')
                quoted = !quoted;
            else if (path[i] == '>' && !quoted)
                return i;
        }
        return -1;
    }

    private static long? Number(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
