using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Rescue.Sessions.Reliability.Nodes.Mail;

/// <summary>A mail server on loopback that takes every message and keeps what tells one from another. It is not killed with the nodes. Thread-safe.</summary>
internal sealed class MailSink : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly TimeSpan delay;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, ReceivedMail> mails = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ReceivedMail>> awaited = new(StringComparer.Ordinal);

    /// <param name="delay">How long it thinks about each message before it answers.</param>
    public MailSink(TimeSpan delay = default)
    {
        this.delay = delay;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many recipients have got a message.</summary>
    public int Count => mails.Count;

    /// <summary>How many messages came to recipients who had got one before.</summary>
    public int Repeats => mails.Values.Sum(mail => mail.Times - 1);

    /// <summary>What a recipient has got; null when nothing.</summary>
    public ReceivedMail? Find(string recipient) => mails.GetValueOrDefault(recipient);

    /// <summary>Waits for a recipient's first message.</summary>
    public Task<ReceivedMail> WaitAsync(string recipient, CancellationToken cancellationToken)
    {
        var arrival = awaited.GetOrAdd(recipient, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (mails.TryGetValue(recipient, out var mail))
            arrival.TrySetResult(mail);
        return arrival.Task.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var stopping = stop.Token;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stopping);
                _ = Task.Run(() => ServeAsync(client, stopping), stopping);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stopping)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await new MailConversation(client.GetStream(), Take, delay).RunAsync(stopping);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The node was killed; what it had sent to the end was taken.
            }
        }
    }

    private void Take(string recipient, ReadOnlyMemory<byte> source)
    {
        var mail = mails.AddOrUpdate(recipient, _ => ReceivedMail.First(source.Span), (_, earlier) => earlier.Again(source.Span));
        if (awaited.TryRemove(recipient, out var arrival))
            arrival.TrySetResult(mail);
    }
}
