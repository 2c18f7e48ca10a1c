using System.Net;
using System.Net.Sockets;

namespace Rescue.Sessions.AspNetCore.Tests.Webhooks;

/// <summary>Addresses on loopback from which no answer comes, not even a refusal: their queues are full, and the system drops whoever else knocks.</summary>
internal sealed class BlackHoles : IDisposable
{
    private readonly List<Socket> sockets = [];

    public async Task AddAsync(IPEndPoint endpoint)
    {
        var hole = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        sockets.Add(hole);
        hole.Bind(endpoint);
        hole.Listen(0);
        var guest = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        sockets.Add(guest);
        await guest.ConnectAsync(endpoint, TestContext.Current.CancellationToken);
    }

    public void Dispose() => sockets.ForEach(socket => socket.Dispose());
}
