using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>An open event stream, read line by line as WHATWG HTML, section 9.2 writes it, and what it has heard. Disposing closes it.</summary>
internal sealed class ListeningStream : IAsyncDisposable
{
    private readonly Func<long?, CancellationToken, Task<Stream>> open;
    private readonly bool comesBack;
    private readonly CancellationTokenSource leaving = new();
    private readonly ConcurrentQueue<HeardEvent> heard = new();
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task listening;

    private long latest;

    private ListeningStream(Func<long?, CancellationToken, Task<Stream>> open, bool comesBack)
    {
        this.open = open;
        this.comesBack = comesBack;
        listening = ListenAsync();
    }

    /// <summary>The id with which the stream began.</summary>
    public long Cursor { get; private set; }

    public IReadOnlyCollection<HeardEvent> Heard => heard;

    /// <summary>How often the node let go of the listener, who came back.</summary>
    public int Returns { get; private set; }

    /// <summary>Completes when the other side ends the stream of somebody who does not come back.</summary>
    public Task Ended => listening;

    /// <summary>Opens a stream and waits until it has said where it begins.</summary>
    public static async Task<ListeningStream> OpenAsync(
        NodeProcess node, string path, string? technician, string? appletKey, CancellationToken cancellationToken)
    {
        // A customer's stream ends with the session; a technician's never does by itself, and a browser comes back with what it heard last.
        var stream = new ListeningStream((lastHeard, token) => node.OpenAsync(path, technician, appletKey, lastHeard, token), comesBack: technician is not null);
        await stream.opened.Task.WaitAsync(cancellationToken);
        return stream;
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await listening;
        leaving.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            await ReadAsync(await open(null, leaving.Token));
            while (comesBack)
            {
                Returns++;
                await ReadAsync(await open(latest, leaving.Token));
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or HttpRequestException)
        {
            // Closed from here, or by a node that ends.
            opened.TrySetException(gone);
        }

        opened.TrySetResult();
    }

    private async Task ReadAsync(Stream body)
    {
        using var lines = new StreamReader(body);
        var (name, data) = ("", "");
        while (await lines.ReadLineAsync(leaving.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                latest = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line[6..];
            if (line.Length > 0)
                continue;
            End(latest, name, data);
            (name, data) = ("", "");
        }
    }

    // The first block says where the stream begins; a ping says only that it lives.
    private void End(long id, string name, string data)
    {
        if (!opened.Task.IsCompleted)
        {
            Cursor = id;
            opened.SetResult();
        }

        if (data.Length > 0 && name != "ping")
            heard.Enqueue(new(id, StatusOf(data)));
    }

    private static string? StatusOf(string data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.TryGetProperty("status", out var status) ? status.GetString() : null;
    }
}
