using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>A line to a server that can be cut in the middle of a request: before it arrives, or before its answer comes back.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly int server;
    private volatile string? trigger;
    private volatile bool deliver;

    public CuttingProxy(int server)
    {
        this.server = server;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Cuts the line at the next request that has the text, once.</summary>
    public void CutAt(string text, bool afterDelivery)
    {
        deliver = afterDelivery;
        trigger = text;
    }

    public void Dispose()
    {
        over.Cancel();
        listener.Dispose();
        over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptTcpClientAsync(over.Token));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient accepted)
    {
        using var client = accepted;
        using var connection = new TcpClient();
        try
        {
            await connection.ConnectAsync(IPAddress.Loopback, server, over.Token);
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
            var answers = CopyAsync(connection.GetStream(), client.GetStream(), cut.Token);
            var buffer = new byte[65536];
            int read;
            while ((read = await client.GetStream().ReadAsync(buffer, over.Token)) > 0)
            {
                if (trigger is { } text && Encoding.UTF8.GetString(buffer, 0, read).Contains(text, StringComparison.Ordinal))
                {
                    trigger = null;
                    await cut.CancelAsync();
                    await answers;
                    if (deliver)
                    {
                        await connection.GetStream().WriteAsync(buffer.AsMemory(0, read), over.Token);
                        // The server has answered, so it has done what it was asked.
                        await connection.GetStream().ReadExactlyAsync(buffer.AsMemory(0, 1), over.Token);
                    }

                    return;
                }

                await connection.GetStream().WriteAsync(buffer.AsMemory(0, read), over.Token);
            }
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            // An end has gone, and the other goes with it.
        }
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, CancellationToken cancellationToken)
    {
        try
        {
            await from.CopyToAsync(to, cancellationToken);
            to.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            // An end has gone, or the line is cut.
        }
    }
}
