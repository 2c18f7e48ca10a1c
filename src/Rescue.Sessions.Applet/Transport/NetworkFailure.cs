using System.Net.Sockets;
using System.Security.Authentication;

namespace Rescue.Sessions.Applet.Transport;

/// <summary>What a network can do to a request or a stream. Sleep, proxies and resets show as exceptions of more than one layer.</summary>
internal static class NetworkFailure
{
    public static bool Is(Exception failure) =>
        failure is HttpRequestException or IOException or SocketException or TimeoutException or ObjectDisposedException or AuthenticationException;
}
