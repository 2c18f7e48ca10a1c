using Microsoft.AspNetCore.Http;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>The token of <c>Authorization: Bearer</c> (RFC 6750, section 2.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>The request's token; null where it has none.</summary>
    public static string? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
