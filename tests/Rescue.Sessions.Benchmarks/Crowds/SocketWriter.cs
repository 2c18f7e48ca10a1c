using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Rescue.Sessions.Benchmarks.Processes;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>A program that does nothing but write the same bytes to each of its open sockets whenever it is told to, in a process of its own, and the sockets' other ends.</summary>
internal sealed class SocketWriter : IAsyncDisposable
{
    /// <summary>What it is called on the command line, followed by the number of sockets and of bytes.</summary>
    public const string Name = "socket-writer";

    private static readonly byte[] Now = [1];

    private readonly ServerProcess process;
    private readonly Socket control;
    private readonly ListeningSocket[] readers;
    private readonly int bytes;
    private long written;

    private SocketWriter(ServerProcess process, Socket control, ListeningSocket[] readers, int bytes)
    {
        this.process = process;
        this.control = control;
        this.readers = readers;
        this.bytes = bytes;
    }

    /// <summary>What it has cost so far.</summary>
    public ProcessCost Cost => process.Cost;

    /// <summary>Starts it.</summary>
    /// <param name="sockets">To how many it writes.</param>
    /// <param name="bytes">How much each time.</param>
    public static async Task<SocketWriter> StartAsync(int sockets, int bytes)
    {
        var process = new ServerProcess([Name, sockets.ToString(CultureInfo.InvariantCulture), bytes.ToString(CultureInfo.InvariantCulture)]);
        var port = (int)await process.ReadNumberAsync();
        var control = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await control.ConnectAsync(IPAddress.Loopback, port);
        var readers = new ListeningSocket[sockets];
        for (var number = 0; number < sockets; number++)
            readers[number] = await ListeningSocket.ConnectAsync(port);
        return new(process, control, readers, bytes);
    }

    /// <summary>The other end: each byte on the first connection says that it is time to write.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await Console.Out.WriteLineAsync(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
        using var control = await listener.AcceptSocketAsync();
        var sockets = new Socket[int.Parse(arguments[1], CultureInfo.InvariantCulture)];
        for (var number = 0; number < sockets.Length; number++)
        {
            sockets[number] = await listener.AcceptSocketAsync();
            sockets[number].NoDelay = true;
        }

        var bytes = new byte[int.Parse(arguments[2], CultureInfo.InvariantCulture)];
        var told = new byte[1];
        while (await control.ReceiveAsync(told) > 0)
        {
            foreach (var socket in sockets)
                await socket.SendAsync(bytes);
        }

        return 0;
    }

    /// <summary>The work of writing so many times to each socket, each time when all have got the last.</summary>
    public Task<Func<Task>> Prepare(int count) => Task.FromResult<Func<Task>>(async () =>
    {
        for (var told = 0; told < count; told++)
        {
            await control.SendAsync(Now);
            written += bytes;
            foreach (var reader in readers)
                await reader.WaitForBytesAsync(written);
        }
    });

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        foreach (var reader in readers)
            reader.Dispose();
        await process.DisposeAsync();
    }
}
