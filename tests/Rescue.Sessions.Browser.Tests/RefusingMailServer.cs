using System.Net;
using System.Net.Sockets;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>Listens on loopback, and takes mail from nobody.</summary>
internal sealed class RefusingMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;

    /// <param name="refusal">The answer to the command.</param>
    /// <param name="refused">The command that is refused: naming the sender, unless told.</param>
    public RefusingMailServer(string refusal, string refused = "MAIL")
    {
        listener.Start();
        accepting = AcceptAsync(refusal, refused);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync(string refusal, string refused)
    {
        try
        {
            while (true)
                _ = AnswerAsync(await listener.AcceptTcpClientAsync(stopping.Token), refusal, refused);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private static async Task AnswerAsync(TcpClient accepted, string refusal, string refused)
    {
        using var client = accepted;
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 mail.example.org");
        while (await reader.ReadLineAsync() is { } command)
            await writer.WriteLineAsync(command.StartsWith(refused, StringComparison.OrdinalIgnoreCase) ? refusal : "250 ok");
    }
}
