using System.Net;
using System.Net.Sockets;
using Rescue.Sessions.Sockets;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>Connects to the first of a mail server's addresses that answers.</summary>
internal static class SmtpSocket
{
    /// <param name="host">A name or an address.</param>
    /// <param name="port">The port.</param>
    /// <param name="loopbackOnly">Drops all other addresses, whatever the name resolves to: clear text must not leave the machine.</param>
    /// <param name="time">Measures the head start of each address over the next.</param>
    /// <param name="cancellationToken">Ends every attempt.</param>
    /// <exception cref="SocketException">No address, or none that answers; the last failure.</exception>
    public static async Task<Socket> ConnectAsync(string host, int port, bool loopbackOnly, TimeProvider time, CancellationToken cancellationToken)
    {
        var resolved = await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        var addresses = loopbackOnly ? Array.FindAll(resolved, IPAddress.IsLoopback) : resolved;
        if (resolved.Length > 0 && addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound, "Its addresses are all beyond this machine, and clear text is for loopback (Smtp.AllowClearText).");
        return await SocketRace.ConnectAsync(addresses, port, time, cancellationToken).ConfigureAwait(false);
    }
}
