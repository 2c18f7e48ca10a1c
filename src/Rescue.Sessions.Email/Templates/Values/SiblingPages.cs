namespace Rescue.Sessions.Email.Templates;

/// <summary>The pages beside the one that a link leads to.</summary>
internal static class SiblingPages
{
    private const string Secure = "https://";

    /// <summary>Where a PIN is typed, in the form in which people read an address out: without the scheme that a browser takes anyway, and without secrets.</summary>
    public static string ToType(string link)
    {
        var folder = Folder(link);
        return folder.StartsWith(Secure, StringComparison.OrdinalIgnoreCase) ? folder[Secure.Length..] : folder;
    }

    /// <summary>Where whoever did not ask for help says so. It has the link's secrets.</summary>
    public static string ToDecline(string link) => $"{Folder(link)}/decline{link[QueryStart(link)..]}";

    private static string Folder(string link)
    {
        var path = link[..QueryStart(link)];
        var host = path.IndexOf("://", StringComparison.Ordinal) + 3;
        var page = path.LastIndexOf('/');
        return page < host ? path : path[..page];
    }

    private static int QueryStart(string link) => link.IndexOf('?', StringComparison.Ordinal) is >= 0 and var start ? start : link.Length;
}
