using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>An open event stream, read line by line as WHATWG HTML, section 9.2 writes it, and what it has heard. Disposing closes it.</summary>
sealed class ListeningStream : IAsyncDisposable
{
    private readonly StreamReader lines;
    private readonly CancellationTokenSource leaving = new();
    private readonly ConcurrentQueue<HeardEvent> heard = new();
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task listening;

    private ListeningStream(Stream body)
    {
        lines = new(body);
        listening = ListenAsync();
    }

    /// <summary>The id with which the stream began.</summary>
    public long Cursor { get; private set; }

    public IReadOnlyCollection<HeardEvent> Heard => heard;

    /// <summary>Completes when the other side ends the stream.</summary>
    public Task Ended => listening;

    /// <summary>Opens a stream and waits until it has said where it begins.</summary>
    public static async Task<ListeningStream> OpenAsync(
        NodeProcess node, string path, string? technician, string? appletKey, CancellationToken cancellationToken)
    {
        var stream = new ListeningStream(await node.OpenAsync(path, technician, appletKey, cancellationToken));
        await stream.opened.Task.WaitAsync(cancellationToken);
        return stream;
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await listening;
        lines.Dispose();
        leaving.Dispose();
    }

    private async Task ListenAsync()
    {
        var (id, name, data) = (0L, "", "");
        try
        {
            while (await lines.ReadLineAsync(leaving.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    id = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
                else if (line.StartsWith("event: ", StringComparison.Ordinal))
                    name = line[7..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    data = line[6..];
                if (line.Length > 0)
                    continue;
                End(id, name, data);
                (name, data) = ("", "");
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or HttpRequestException)
        {
            // Closed from here, or by a node that ends.
        }

        opened.TrySetResult();
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
