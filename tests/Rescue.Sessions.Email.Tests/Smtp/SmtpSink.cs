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
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<SmtpSinkSession> sessions = new();
    private readonly ConcurrentBag<Task> running = [];
    private readonly Task accepting;

    public SmtpSink(SmtpSinkSettings? settings = null)
    {
        this.settings = settings ?? new SmtpSinkSettings();
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyCollection<SmtpSinkSession> Sessions => sessions;

    /// <summary>Completes when the fault has been committed.</summary>
    public Task Faulted => faulted.Task;

    public IEnumerable<byte[]> Messages => sessions.SelectMany(s => s.Messages);

    public IEnumerable<string> Commands => sessions.SelectMany(s => s.Commands);

    public SmtpOptions Options()
    {
        var options = new SmtpOptions { Host = "localhost", Port = Port, Security = settings.Security, CheckRevocation = false };
        options.TrustedRoots.Add(settings.Certificate);
        return options;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
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
                socket = await listener.AcceptSocketAsync(stopping.Token);
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
