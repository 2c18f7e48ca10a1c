using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rescue.Sessions.TestServers;

/// <summary>Debian's smtp-sink, written by Postfix's author: a server that shares nothing with this project.</summary>
public sealed class PostfixSink : IAsyncDisposable
{
    private readonly Process process;
    private readonly ServerPort port;

    private PostfixSink(Process process, ServerPort port)
    {
        this.process = process;
        this.port = port;
    }

    public int Port => port.Number;

    public int ProcessId => process.Id;

    /// <summary>Starts it, or skips the test where it is absent.</summary>
    public static async Task<PostfixSink> StartAsync(CancellationToken cancellationToken)
    {
        var program = TestServer.SmtpSink.Require();
        var port = ServerPort.Take();

        // Run by root it wants to become somebody else.
        string[] identity = Environment.UserName == "root" ? ["-u", "nobody"] : [];
        var start = new ProcessStartInfo(program, [.. identity, $"127.0.0.1:{port.Number}", "100"]) { RedirectStandardError = true };
        var sink = new PostfixSink(Process.Start(start)!, port);
        try
        {
            await sink.WaitUntilListeningAsync(cancellationToken);
            return sink;
        }
        catch
        {
            await sink.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        port.Dispose();
    }

    private async Task WaitUntilListeningAsync(CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!process.HasExited)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
                // It might be somebody else who answers.
                if (!process.HasExited)
                    return;
            }
            catch (SocketException)
            {
                await pause.WaitForNextTickAsync(cancellationToken);
            }
        }

        throw new InvalidOperationException($"smtp-sink ended: {await process.StandardError.ReadToEndAsync(cancellationToken)}");
    }
}
