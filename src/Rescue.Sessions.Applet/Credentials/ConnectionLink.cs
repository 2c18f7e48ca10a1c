using System.Buffers;

namespace Rescue.Sessions.Applet.Credentials;

/// <summary>The shape of a connection link: BASE <c>Customer/Code.aspx?Code=PIN&amp;k=TOKEN</c>.</summary>
static class ConnectionLink
{
    const string Folder = "/Customer";
    const string Page = "/Customer/Code.aspx";
    const int TokenLength = 22; // 128 bits in base64url without padding
    const int LongestToken = 128;

    static readonly SearchValues<char> Base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static CredentialProblem Read(string? text, out SessionCredential? credential)
    {
        credential = null;
        var link = Unwrap(text);
        if (link.Length == 0)
            return CredentialProblem.Empty;
        if (link.Any(char.IsWhiteSpace) || !Uri.TryCreate(link, UriKind.Absolute, out var page) || BaseOf(page) is not { } address)
            return CredentialProblem.NotALink;

        var problem = ServerAddress.Check(address, out var server);
        return problem == CredentialProblem.None ? ReadCode(page, server, out credential) : problem;
    }

    /// <summary>The part before the customer page; null where the address is none.</summary>
    public static Uri? BaseOf(Uri page)
    {
        var path = page.AbsolutePath.TrimEnd('/');
        var suffix = path.EndsWith(Page, StringComparison.OrdinalIgnoreCase) ? Page
            : path.EndsWith(Folder, StringComparison.OrdinalIgnoreCase) ? Folder
            : null;
        return suffix is null ? null : new UriBuilder(page) { Path = path[..^suffix.Length] + "/", Query = "", Fragment = "" }.Uri;
    }

    /// <summary>Takes off what surrounds a pasted link: white space, and the angle brackets of RFC 3986, appendix C.</summary>
    public static string Unwrap(string? text) => (text ?? "").Trim().TrimStart('<').TrimEnd('>').Trim();

    static CredentialProblem ReadCode(Uri page, Uri server, out SessionCredential? credential)
    {
        credential = null;
        var query = Parameters(page);
        if (query.Contains("k"))
        {
            // Never falls back to the PIN: half a token means a damaged link, and the customer should know.
            if (query["k"].ToArray() is not [var token] || !IsToken(token))
                return CredentialProblem.TokenMalformed;

            credential = new LinkCredential(server, token);
            return CredentialProblem.None;
        }

        if (string.Concat(query["Code"]).Length == 0)
            return CredentialProblem.CodeMissing;
        if (query["Code"].ToArray() is not [var code] || PinDigits.Read(code, out var pin) != CredentialProblem.None)
            return CredentialProblem.PinMalformed;

        credential = new PinCredential(server, pin);
        return CredentialProblem.None;
    }

    static ILookup<string, string> Parameters(Uri page) =>
        page.Query.TrimStart('?').Split('&').Select(part => part.Split('=', 2)).ToLookup(
            part => Uri.UnescapeDataString(part[0]),
            part => Uri.UnescapeDataString(part.ElementAtOrDefault(1) ?? ""),
            StringComparer.OrdinalIgnoreCase);

    static bool IsToken(string token) => token.Length is >= TokenLength and <= LongestToken && !token.AsSpan().ContainsAnyExcept(Base64Url);
}
