using System.Diagnostics;
using System.Net.Sockets;

namespace Rescue.Sessions.TestServers;

/// <summary>A server's process on loopback. Its folder goes away with it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;
    private readonly ServerPort port;
    private readonly string folder;

    /// <summary>Starts it, and waits until it answers.</summary>
    public ServerProcess(ProcessStartInfo start, ServerPort port, string folder)
    {
        this.port = port;
        this.folder = folder;
        process = Process.Start(start)!;
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", port.Number);
                // It might be somebody else who answers.
                if (!process.HasExited)
                    return;
            }
            catch (SocketException)
            {
                // Not yet.
            }

            if (process.WaitForExit(100))
                throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode} as it started.");
        }

        throw new TimeoutException($"Nobody answers on port {port.Number} after half a minute: {start.FileName} {string.Join(' ', start.ArgumentList)}");
    }

    public void Dispose()
    {
        // Its workers go with it, as they would not if it were killed.
        if (!process.HasExited)
            _ = PostgreSqlServer.Signal(process.Id, PostgreSqlServer.Sigint);
        if (!process.WaitForExit(10_000))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
        port.Dispose();
    }
}
