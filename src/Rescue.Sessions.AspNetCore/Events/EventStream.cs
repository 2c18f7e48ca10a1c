using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Rescue.Sessions.AspNetCore.Events;

/// <summary>Writes server-sent events (WHATWG HTML, section 9.2) with a comment now and then that keeps proxies from closing the stream.</summary>
internal sealed class EventStream(HttpContext context, TimeProvider time)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>The event after which the client wants to go on; null for a client that comes for the first time.</summary>
    public static long? LastEventId(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Sends the headers, so that the client knows at once that the stream is open.</summary>
    public async Task OpenAsync()
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await context.Response.WriteAsync(": open\n\n", context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    public async Task SendAsync<TData>(string name, long? id, TData data, JsonTypeInfo<TData> type)
    {
        var number = id is { } sequence ? string.Create(CultureInfo.InvariantCulture, $"id: {sequence}\n") : "";
        // JSON on one line: the data holds no line break.
        await context.Response.WriteAsync($"event: {name}\n{number}data: {JsonSerializer.Serialize(data, type)}\n\n", context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Hands each item over as it comes, until the source ends, <paramref name="each"/> says stop, or the client is gone.</summary>
    public async Task PumpAsync<TItem>(IAsyncEnumerable<TItem> source, Func<TItem, Task<bool>> each)
    {
        var items = source.GetAsyncEnumerator(context.RequestAborted);
        await using var disposal = items.ConfigureAwait(false);
        try
        {
            var next = items.MoveNextAsync().AsTask();
            while (true)
            {
                if (await IsSilentAsync(next).ConfigureAwait(false))
                {
                    await context.Response.WriteAsync(": keep-alive\n\n", context.RequestAborted).ConfigureAwait(false);
                    await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                    continue;
                }

                if (!await next.ConfigureAwait(false) || !await each(items.Current).ConfigureAwait(false))
                    return;
                next = items.MoveNextAsync().AsTask();
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; it comes back with Last-Event-ID.
        }
    }

    private async Task<bool> IsSilentAsync(Task next)
    {
        if (next.IsCompleted)
            return false;
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var first = await Task.WhenAny(next, Task.Delay(KeepAlive, time, pause.Token)).ConfigureAwait(false);
        await pause.CancelAsync().ConfigureAwait(false);
        context.RequestAborted.ThrowIfCancellationRequested();
        return first != next;
    }
}
