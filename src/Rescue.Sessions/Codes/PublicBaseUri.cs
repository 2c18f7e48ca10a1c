namespace Rescue.Sessions.Codes;

internal static class PublicBaseUri
{
    /// <summary>What is wrong with a public base address, in words that follow its name; null when it is fine.</summary>
    public static string? Problem(Uri uri)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("https" or "http"))
            return "must be absolute and start with https:// or http://.";
        if (uri.UserInfo.Length > 0)
            return "must not hold a user name or password.";
        return uri.Query.Length > 0 || uri.Fragment.Length > 0 ? "must have no query and no fragment." : null;
    }
}
