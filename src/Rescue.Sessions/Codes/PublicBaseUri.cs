using System.Buffers;
using System.Text;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Codes;

/// <summary>What the address under which customers reach the product may be, so that every link made of it survives mail, drafts and retyping.</summary>
internal static class PublicBaseUri
{
    /// <summary>A draft's whole link has to fit beside its text into a <c>mailto:</c> URI of 2,000 characters.</summary>
    private const int MaximumLength = 256;

    // What needs no escape (RFC 3986 section 2.3), and which no mail program takes for the end of a link.
    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");

    /// <summary>What is wrong with a public base address, in words that follow its name; null when it is fine.</summary>
    public static string? Problem(Uri uri)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("https" or "http"))
            return "must be absolute and start with https:// or http://.";
        if (uri.UserInfo.Length > 0)
            return "must not hold a user name or password.";
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return "must have no query and no fragment.";
        if (!Ascii.IsValid(uri.Host) && DomainName.Parse(uri.Host) is null)
            return "has a host name without an ASCII form. Write it as it is registered, such as https://xn--bcher-kva.example/.";
        if (uri.AbsolutePath.AsSpan().ContainsAnyExcept(PathCharacters))
            return "has a path with characters at which links break in mails. Use letters, digits, '-', '.', '_', '~' and '/' alone.";
        return uri.AbsoluteUri.Length > MaximumLength
            ? $"has {uri.AbsoluteUri.Length} characters; links made of it do not fit into drafts. Use at most {MaximumLength}."
            : null;
    }

    /// <summary>A valid address as links are made of it: the host in ASCII, a slash at the end.</summary>
    public static Uri Normalize(Uri uri)
    {
        if (!Ascii.IsValid(uri.Host))
            uri = new UriBuilder(uri) { Host = DomainName.Parse(uri.Host)!.Value.Ascii }.Uri;
        return uri.AbsolutePath.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
    }

    /// <summary>Whether the address is this machine's own.</summary>
    public static bool IsLoopback(Uri uri) => uri.IsLoopback || uri.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
