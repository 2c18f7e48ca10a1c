using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>
/// A mail server on loopback that keeps every octet, believes no line without its CRLF, and misbehaves on demand. It shares no code
/// with what it tests.
/// </summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly SmtpSinkSettings settings;
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<SmtpSinkSession> sessions = new();
    private readonly ConcurrentBag<Task> running = [];
    private Task accepting = Task.CompletedTask;

    /// <param name="settings">What it offers.</param>
    /// <param name="isOpen">Whether it takes connections from the beginning; until then its port is its own, and closed.</param>
    public SmtpSink(SmtpSinkSettings? settings = null, bool isOpen = true)
    {
        this.settings = settings ?? new SmtpSinkSettings();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        if (isOpen)
            Open();
    }

    public int Port { get; }

    public IReadOnlyCollection<SmtpSinkSession> Sessions => sessions;

    /// <summary>Completes when the fault has been committed.</summary>
    public Task Faulted => faulted.Task;

    public IEnumerable<byte[]> Messages => sessions.SelectMany(s => s.Messages);

    public IEnumerable<string> Commands => sessions.SelectMany(s => s.Commands);

    /// <summary>Takes connections from now on.</summary>
    public void Open()
    {
        listener.Listen();
        accepting = AcceptAsync();
    }

    public SmtpOptions Options()
    {
        var options = new SmtpOptions { Host = "localhost", Port = Port, Security = settings.Security, CheckRevocation = false };
        options.TrustedRoots.Add(settings.Certificate);
        return options;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(running);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync(stopping.Token);
            }
            catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or SocketException or InvalidOperationException)
            {
                return;
            }

            socket.NoDelay = true;
            var number = sessions.Count;
            var session = new SmtpSinkSession(new NetworkStream(socket, ownsSocket: true), settings, settings.FaultyConnections(number), faulted, stopping.Token);
            sessions.Enqueue(session);
            running.Add(Task.Run(session.RunAsync));
        }
    }
}
