namespace HelpDesk.Pages;

/// <summary>The content security policies of the sample's own pages: everything from here, nothing inline.</summary>
internal static class ContentSecurityPolicy
{
    public const string Page =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>
    /// For a captured mail: an origin of its own, no script, nothing loaded from anywhere; a link may open a tab that is an ordinary one.
    /// </summary>
    public const string Mail =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; " +
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
}
