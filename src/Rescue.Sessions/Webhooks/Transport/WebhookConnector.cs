using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Sockets;

namespace Rescue.Sessions.Webhooks.Transport;

/// <summary>
/// Connects to receivers. The addresses that are looked at are those that are connected to, so that a name which changes in between leads nowhere else. One that
/// does not answer takes no more than a moment of the time that there is, for the next is tried beside it. Thread-safe.
/// </summary>
internal sealed class WebhookConnector(ResolveHost resolve, IOptionsMonitor<WebhookOptions> options, TimeProvider time)
{
    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var found = await resolve(host, cancellationToken).ConfigureAwait(false);
        var allowed = options.CurrentValue.AllowPrivateAddresses ? found : Array.FindAll(found, PublicAddress.Is);
        if (allowed.Length == 0)
            throw new WebhookAddressException();
        return new NetworkStream(await SocketRace.ConnectAsync(allowed, port, time, cancellationToken).ConfigureAwait(false), ownsSocket: true);
    }
}
