using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Applet.Credentials;

/// <summary>The shape of a connection link: BASE <c>Customer/Code.aspx?Code=PIN&amp;k=TOKEN</c>.</summary>
internal static class ConnectionLink
{
    private const string Folder = "/Customer";
    private const string Page = "/" + LinkText.Path;

    public static CredentialProblem Read(string? text, out SessionCredential? credential)
    {
        credential = null;
        if (string.IsNullOrWhiteSpace(text))
            return CredentialProblem.Empty;
        if (LinkText.Find(text) is not { } link || BaseOf(link.Page) is not { } address)
            return CredentialProblem.NotALink;

        var problem = ServerAddress.Check(address, out var server);
        return problem == CredentialProblem.None ? ReadCode(link.Query, server, out credential) : problem;
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

    private static CredentialProblem ReadCode(LinkQuery query, Uri server, out SessionCredential? credential)
    {
        // Never falls back to the PIN: half a token means a damaged link, and the customer should know.
        credential = query switch
        {
            { Token: { } token } => new LinkCredential(server, token),
            { HasToken: false, Pin: { } pin } => new PinCredential(server, pin),
            _ => null
        };
        return credential is not null ? CredentialProblem.None
            : query.HasToken ? CredentialProblem.TokenMalformed
            : query.HasPin ? CredentialProblem.PinMalformed
            : CredentialProblem.CodeMissing;
    }
}
