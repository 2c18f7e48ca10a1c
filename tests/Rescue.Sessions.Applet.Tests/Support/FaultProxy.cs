using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rescue.Sessions.Applet.Tests.Support;

/// <summary>A network between applet and service, by real sockets on loopback, whose faults a test sets for every connection and for open ones.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _service;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly Task _accepting;

    public FaultProxy(string service)
    {
        _service = new Uri(service);
        _listener.Start();
        Server = $"http://{_listener.LocalEndpoint}";
        _accepting = AcceptAsync();
    }

    public string Server { get; }

    /// <summary>What becomes of new connections.</summary>
    public Fault Fault { get; set; }

    /// <summary>What <see cref="Fault.Answer"/> says, status line included.</summary>
    public string Answer { get; set; } = "";

    /// <summary>How many connections met a fault.</summary>
    public int Faults => _faults;

    private int _faults;

    /// <summary>Resets every open connection.</summary>
    public void Cut()
    {
        foreach (var client in _open.Keys)
            Reset(client);
    }

    /// <summary>Waits until so many connections more have met a fault.</summary>
    public async Task FaultsAsync(int more)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var until = Faults + more; Faults < until;)
            await look.WaitForNextTickAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        _open.TryAdd(client, true);
        try
        {
            switch (Fault)
            {
                case Fault.None:
                    await RelayAsync(client);
                    break;
                case Fault.Reset:
                    Reset(client);
                    Interlocked.Increment(ref _faults);
                    break;
                case Fault.Answer:
                    await client.GetStream().ReadAtLeastAsync(new byte[1024], 1, throwOnEndOfStream: false, _stop.Token);
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Answer), _stop.Token);
                    Interlocked.Increment(ref _faults);
                    break;
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // What a broken connection throws is the point of this class.
        }
        finally
        {
            _open.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var service = new TcpClient();
        await service.ConnectAsync(_service.Host, _service.Port, _stop.Token);
        await Task.WhenAny(
            client.GetStream().CopyToAsync(service.GetStream(), _stop.Token),
            service.GetStream().CopyToAsync(client.GetStream(), _stop.Token));
    }

    private static void Reset(TcpClient client)
    {
        try
        {
            client.LingerState = new LingerOption(true, 0);
            client.Client.Close();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It was closed by its other end at the same moment.
        }
    }
}
