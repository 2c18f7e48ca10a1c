namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>Judges the beginning of a URL as written in an attribute (RFC 3986, section 3).</summary>
internal static class HtmlUrl
{
    public static HtmlUrlPhase Judge(ReadOnlySpan<char> written, HtmlAttributeKind attribute)
    {
        var url = TrimStart(written);
        if (url.IsEmpty)
            return HtmlUrlPhase.Empty;
        var end = url.IndexOfAnyExcept(SchemeCharacters);
        if (end < 0)
            return HtmlUrlPhase.Begun;
        return url[end] switch
        {
            ':' => JudgeScheme(url[..end], url[(end + 1)..], attribute),
            '/' or '?' or '#' => HtmlUrlPhase.Begun,
            // A character reference, white space or control before the scheme's end can only be there to disguise it.
            _ => attribute == HtmlAttributeKind.Source && url[end] is ' ' or ',' ? HtmlUrlPhase.Begun : HtmlUrlPhase.Unsafe,
        };
    }

    /// <summary>Whether it is fetched from elsewhere when the message is opened.</summary>
    public static bool IsRemote(ReadOnlySpan<char> written)
    {
        var url = TrimStart(written);
        return url.StartsWith("//", StringComparison.Ordinal)
            || url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
    }

    private static readonly System.Buffers.SearchValues<char> SchemeCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-._~%@!$'()*;=");

    private static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> written)
    {
        var start = 0;
        while (start < written.Length && written[start] <= ' ')
            start++;
        return written[start..];
    }

    private static HtmlUrlPhase JudgeScheme(ReadOnlySpan<char> scheme, ReadOnlySpan<char> rest, HtmlAttributeKind attribute)
    {
        if (Is(scheme, "https") || Is(scheme, "http"))
            return HasHost(rest) ? HtmlUrlPhase.Settled : HtmlUrlPhase.Begun;
        if (Is(scheme, "mailto") || Is(scheme, "tel") || Is(scheme, "sms") || Is(scheme, "cid"))
            return HtmlUrlPhase.Settled;
        var isImage = attribute == HtmlAttributeKind.Source && Is(scheme, "data") && rest.StartsWith("image/", StringComparison.OrdinalIgnoreCase);
        return isImage ? HtmlUrlPhase.Settled : HtmlUrlPhase.Unsafe;
    }

    private static bool Is(ReadOnlySpan<char> scheme, string name) => scheme.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool HasHost(ReadOnlySpan<char> rest) => rest.StartsWith("//", StringComparison.Ordinal) && rest[2..].IndexOfAny('/', '?', '#') > 0;
}
