using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Webhooks.Transport;

/// <summary>
/// Connects to receivers. The address that is looked at is the one that is connected to, so that a name which changes in between leads nowhere else.
/// Thread-safe.
/// </summary>
internal sealed class WebhookConnector(ResolveHost resolve, IOptionsMonitor<WebhookOptions> options)
{
    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var found = await resolve(host, cancellationToken).ConfigureAwait(false);
        var allowed = options.CurrentValue.AllowPrivateAddresses ? found : Array.FindAll(found, PublicAddress.Is);
        if (allowed.Length == 0)
            throw new WebhookAddressException();
        for (var i = 0; ; i++)
        {
            var socket = new Socket(allowed[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(allowed[i], port, cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i < allowed.Length - 1)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
