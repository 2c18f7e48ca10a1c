using System.Net;
using System.Net.Sockets;

namespace HelpDesk.Inbox.Smtp;

/// <summary>A mail server for development: takes every message that is sent to it on this machine, delivers none, keeps the last ones for the inbox.</summary>
internal sealed class SmtpServer : BackgroundService
{
    private readonly CapturedMessages _messages;
    private readonly TimeProvider _time;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private int _connections;

    /// <summary>Listens at once, so that whoever is configured from <see cref="EndPoint"/> finds the real port before the host has started.</summary>
    public SmtpServer(CapturedMessages messages, TimeProvider time)
    {
        _messages = messages;
        _time = time;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    /// <summary>Where to send mail: loopback, and a port that was free.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new HashSet<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(stoppingToken);
                running.RemoveWhere(task => task.IsCompletedSuccessfully);
                running.Add(ServeAsync(socket, stoppingToken));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException && stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken stopping)
    {
        // Off the accepting loop at once: a client that writes fast must not keep others out.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using (socket)
        {
            socket.NoDelay = true;
            await using var stream = new NetworkStream(socket);
            try
            {
                if (Interlocked.Increment(ref _connections) <= SmtpLimits.MaxConnections)
                    await new SmtpConnection(stream, _messages, _time).RunAsync(stopping);
                else
                    await RefuseAsync(stream, stopping);
            }
            finally
            {
                Interlocked.Decrement(ref _connections);
            }
        }
    }

    private static async Task RefuseAsync(NetworkStream stream, CancellationToken stopping)
    {
        try
        {
            await stream.WriteAsync(SmtpReply.TooManyConnections, stopping);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // It left before it could be told; being gone is what it was asked for.
        }
    }

    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }
}
