using Microsoft.AspNetCore.Http;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>The applet's key in <c>Authorization: Bearer</c> (RFC 6750, section 2.1).</summary>
internal static class AppletAuthorization
{
    private const string Scheme = "Bearer ";

    public static bool TryRead(HttpRequest request, string sessionId, out SessionId session, out AppletKey? key)
    {
        key = null;
        var header = request.Headers.Authorization.ToString();
        return SessionId.TryParse(sessionId, out session)
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && AppletKey.TryParse(header[Scheme.Length..].Trim(), out key);
    }
}
