using System.Globalization;

namespace Rescue.Sessions.Normalization;

/// <summary>
/// One mailbox as it is copied out of other programs: with blanks or invisible characters around it, as a link (<c>mailto:a@b.c</c>), or with the
/// person's name (<c>Name &lt;a@b.c&gt;</c>).
/// </summary>
internal static class WrittenAddress
{
    private const string LinkScheme = "mailto:";
    private const string Separators = ",;\u060C\u061B\u3001\uFF0C\uFF1B";

    /// <summary>The text without what is around the mailbox; it may be no mailbox yet.</summary>
    public static string Unwrap(string text)
    {
        text = Trim(text);
        if (Bracket(text) is var open and >= 0)
            text = Trim(text[(open + 1)..^1]);
        if (!text.StartsWith(LinkScheme, StringComparison.OrdinalIgnoreCase))
            return text;

        // A link may have a subject behind the address, and anything in it may be escaped (RFC 6068).
        var end = text.IndexOf('?', StringComparison.Ordinal);
        var address = Uri.UnescapeDataString(end < 0 ? text[LinkScheme.Length..] : text[LinkScheme.Length..end]);

        // What was escaped was not looked at before.
        return SingleLine.IsClean(address) && !HoldsSeveral(address) ? Trim(address) : text;
    }

    /// <summary>Whether more than one mailbox may be meant.</summary>
    public static bool HoldsSeveral(string text)
    {
        // "Doe, John <a@b.c>" is one person, and "a@b.c, John <d@e.f>" is two.
        var name = Bracket(Trim(text));
        if (name >= 0 && text[..name].Contains('@', StringComparison.Ordinal))
            name = -1;
        var isSeparated = false;
        var isBlankBehind = false;
        var count = 0;
        Scan(text, (i, c) =>
        {
            isSeparated |= Separators.Contains(c, StringComparison.Ordinal) && (i > name || c == ';');
            if (c == '@' && count++ > 0 && isBlankBehind)
                isSeparated = true;
            isBlankBehind = count > 0 && (isBlankBehind || char.IsWhiteSpace(c));
        });
        return isSeparated;
    }

    /// <summary>The last <c>@</c> outside quotes, or -1.</summary>
    public static int IndexOfAt(string text)
    {
        var at = -1;
        Scan(text, (i, c) => at = c == '@' ? i : at);
        return at;
    }

    /// <summary>Where the address in angle brackets begins, if nothing follows it and there is one; otherwise -1.</summary>
    private static int Bracket(string text)
    {
        var open = text.LastIndexOf('<');
        return text.IndexOf('<', StringComparison.Ordinal) == open && text.IndexOf('>', StringComparison.Ordinal) == text.Length - 1 ? open : -1;
    }

    private static void Scan(string text, Action<int, char> visit)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                isQuoted = !isQuoted;
            else if (text[i] == '\\' && isQuoted)
                i++;
            else if (!isQuoted)
                visit(i, text[i]);
        }
    }

    private static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsAround(text[start]))
            start++;
        while (end > start && IsAround(text[end - 1]))
            end--;
        return text[start..end];
    }

    private static bool IsAround(char c) => char.IsWhiteSpace(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
