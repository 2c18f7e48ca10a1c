using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Events;

/// <summary>Writes server-sent events (WHATWG HTML, section 9.2) with a comment now and then that keeps proxies from closing the stream.</summary>
internal sealed class EventStream(HttpContext context, TimeProvider time)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The event after which the stream goes on: the last one the client saw, else the latest one. An id that is yet to come is from a store
    /// that was lost and counts anew; waiting for it would keep the client in the dark.
    /// </summary>
    public static long Cursor(HttpRequest request, long latest) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) && seen <= latest ? seen : latest;

    /// <summary>Sends the headers and where the stream begins, so that a client that loses it before the first event misses none.</summary>
    public async Task OpenAsync(long cursor)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await WriteAsync(string.Create(CultureInfo.InvariantCulture, $": open\nid: {cursor}\n\n")).ConfigureAwait(false);
    }

    public Task SendAsync<TData>(string name, long id, TData data, JsonTypeInfo<TData> type) =>
        // JSON on one line: the data holds no line break.
        WriteAsync(string.Create(CultureInfo.InvariantCulture, $"event: {name}\nid: {id}\ndata: {JsonSerializer.Serialize(data, type)}\n\n"));

    /// <summary>
    /// Hands each item over as it comes, until the source ends, <paramref name="each"/> says stop, the client is gone or the host stops, which
    /// would otherwise wait for its streams. A client comes back with Last-Event-ID. While the store has failed the stream waits: a browser takes
    /// the refusal of a stream for final.
    /// </summary>
    /// <param name="watch">Watches on after the last item that was handed over.</param>
    /// <param name="each">Sends one item.</param>
    public async Task PumpAsync<TItem>(Func<CancellationToken, IAsyncEnumerable<TItem>> watch, Func<TItem, Task<bool>> each)
    {
        var host = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        try
        {
            while (!await TryPumpAsync(watch, each, leaving.Token).ConfigureAwait(false))
                await Task.Delay(OutagePause, time, leaving.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // There is nobody left to tell.
        }
    }

    private async Task<bool> TryPumpAsync<TItem>(
        Func<CancellationToken, IAsyncEnumerable<TItem>> watch, Func<TItem, Task<bool>> each, CancellationToken leaving)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(leaving);
        var items = watch(done.Token).GetAsyncEnumerator(done.Token);
        await using var disposal = items.ConfigureAwait(false);
        Task<bool>? next = null;
        try
        {
            while (true)
            {
                next ??= items.MoveNextAsync().AsTask();
                if (await IsSilentAsync(next, leaving).ConfigureAwait(false))
                {
                    await WriteAsync(": keep-alive\n\n").ConfigureAwait(false);
                    continue;
                }

                if (!await next.ConfigureAwait(false) || !await each(items.Current).ConfigureAwait(false))
                    return true;
                next = null;
            }
        }
        catch (SessionStoreException failure)
        {
            StoreFailureLog.Of(context).StreamWaits(failure);
            return false;
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            // An enumerator may be disposed of only when it rests; what it failed with, if it did, was thrown above.
            if (next is not null)
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<bool> IsSilentAsync(Task next, CancellationToken leaving)
    {
        if (next.IsCompleted)
            return false;
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(leaving);
        var first = await Task.WhenAny(next, Task.Delay(KeepAlive, time, pause.Token)).ConfigureAwait(false);
        await pause.CancelAsync().ConfigureAwait(false);
        leaving.ThrowIfCancellationRequested();
        return first != next;
    }
}
