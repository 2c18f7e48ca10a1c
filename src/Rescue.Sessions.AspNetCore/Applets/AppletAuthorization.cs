using Microsoft.AspNetCore.Http;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>How an applet proves itself: by its key as the request's bearer token.</summary>
internal static class AppletAuthorization
{
    public static bool TryRead(HttpRequest request, string sessionId, out SessionId session, out AppletKey? key)
    {
        key = null;
        return SessionId.TryParse(sessionId, out session) && AppletKey.TryParse(BearerToken.Of(request), out key);
    }
}
