using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Rescue.Sessions.Packages.Products;

/// <summary>A mail server on loopback that takes whatever comes.</summary>
internal sealed class MailTrap : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly BlockingCollection<MimeMessage> messages = [];
    private readonly Task accepting;

    public MailTrap()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Waits for the next message.</summary>
    public Task<MimeMessage> NextAsync(CancellationToken cancellationToken) => Task.Run(
        () => messages.TryTake(out var message, (int)Patience.TotalMilliseconds, cancellationToken) ? message : throw new TimeoutException($"No mail came within {Patience}."),
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
        messages.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            try
            {
                await writer.WriteLineAsync("220 trap");
                while (await reader.ReadLineAsync(stopping.Token) is { } line && !line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
                {
                    var isData = line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase);
                    await writer.WriteLineAsync(isData ? "354 go on" : "250 ok");
                    if (!isData)
                        continue;
                    messages.Add(await MessageAsync(reader));
                    await writer.WriteLineAsync("250 taken");
                }
            }
            catch (Exception end) when (end is OperationCanceledException or IOException)
            {
                // The test is over, or the service has let go.
            }
        }
    }

    private async Task<MimeMessage> MessageAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(stopping.Token) is { } line && line != ".")
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        return await MimeMessage.LoadAsync(bytes, stopping.Token);
    }
}
