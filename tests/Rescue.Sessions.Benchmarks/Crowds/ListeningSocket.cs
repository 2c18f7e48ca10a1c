using System.Net;
using System.Net.Sockets;
using Rescue.Sessions.Benchmarks.Web;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>An open connection that reads what comes and keeps none of it, so that ten thousand cost this side little.</summary>
internal sealed class ListeningSocket : IDisposable
{
    private const byte LineEnd = (byte)'\n';

    // Of the lines of a stream only "id:" begins with it; that of a chunk's size is hexadecimal.
    private const byte IdStart = (byte)'i';

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[512];
    private readonly Lock gate = new();
    private TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long awaitedIds;
    private long awaitedBytes;
    private long ids;
    private long bytes;
    private byte last;

    private bool HasAwaited => ids >= awaitedIds && bytes >= awaitedBytes;

    /// <summary>How many bytes have come.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
                return bytes;
        }
    }

    /// <summary>How many blocks with an id have come; a ping has none.</summary>
    public long Ids
    {
        get
        {
            lock (gate)
                return ids;
        }
    }

    public static async Task<ListeningSocket> ConnectAsync(int port)
    {
        var listening = new ListeningSocket();
        await listening.socket.ConnectAsync(IPAddress.Loopback, port);
        _ = listening.ListenAsync();
        return listening;
    }

    /// <summary>Opens an event stream, and waits until it has said what it says at its beginning.</summary>
    /// <param name="port">The server's.</param>
    /// <param name="path">The path.</param>
    /// <param name="key">An applet's key, or null.</param>
    /// <param name="ids">How many blocks with an id that is.</param>
    /// <param name="lastId">The last event that was seen, or null.</param>
    public static async Task<ListeningSocket> OpenAsync(int port, string path, string? key, int ids, string? lastId = null)
    {
        var listening = await ConnectAsync(port);
        await listening.socket.SendAsync(RawHttpConnection.Get(path, key, lastId));
        await listening.WaitAsync(ids);
        return listening;
    }

    /// <summary>Opens the streams of all who wait. Each says where it begins, and how its session is.</summary>
    public static async Task<ListeningSocket[]> OpenAllAsync(CrowdProcess crowd)
    {
        var streams = new ListeningSocket[crowd.Customers.Count];
        await Parallel.ForAsync(0, streams.Length, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
            streams[number] = await OpenAsync(crowd.Port, crowd.Customers[number].Path("events"), crowd.Customers[number].Key, ids: 2));
        return streams;
    }

    /// <summary>Waits until so many blocks with an id have come. One caller at a time.</summary>
    public Task WaitAsync(long count) => WaitAsync(count, 0);

    /// <summary>Waits until so many bytes have come. One caller at a time.</summary>
    public Task WaitForBytesAsync(long count) => WaitAsync(0, count);

    public void Dispose() => socket.Dispose();

    private Task WaitAsync(long idCount, long byteCount)
    {
        lock (gate)
        {
            (awaitedIds, awaitedBytes) = (idCount, byteCount);
            if (HasAwaited)
                return Task.CompletedTask;
            if (heard.Task.IsCompletedSuccessfully)
                heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return heard.Task;
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var length)
                Count(buffer.AsSpan(0, length));
            Fail(new InvalidOperationException("The server ended the stream."));
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            Fail(ended);
        }
    }

    private void Count(ReadOnlySpan<byte> read)
    {
        lock (gate)
        {
            bytes += read.Length;
            foreach (var next in read)
            {
                if (last == LineEnd && next == IdStart)
                    ids++;
                last = next;
            }

            if (HasAwaited)
                heard.TrySetResult();
        }
    }

    private void Fail(Exception reason)
    {
        lock (gate)
        {
            heard.TrySetException(reason);
            // Whoever waits is told; when nobody does, it is no failure.
            _ = heard.Task.Exception;
        }
    }
}
