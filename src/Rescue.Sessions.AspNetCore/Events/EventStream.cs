using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Feed;

namespace Rescue.Sessions.AspNetCore.Events;

/// <summary>
/// One open stream of server-sent events. Its own loop and the common pings take turns at writing; a client that takes nothing for two pings is cut off.
/// </summary>
internal sealed class EventStream(OpenStreams streams, HttpContext context, Func<ValueTask<bool>>? mayGoOn) : IAsyncDisposable
{
    private const int PatientPings = 2;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly SemaphoreSlim? asking = mayGoOn is null ? null : new(1, 1);
    private readonly CancellationTokenSource end = new();
    private bool isClosed;
    private volatile bool hasBegun;
    private volatile bool isLetGo;
    private int missedPings;

    /// <summary>With which beats it is pinged; <see cref="OpenStreams"/> guards it.</summary>
    public int Slot { get; set; }

    /// <summary>Where it stands in its groups; <see cref="OpenStreams"/> guards it.</summary>
    public List<(StreamGroup Group, LinkedListNode<EventStream> Place)> Places { get; } = new(3);

    /// <summary>Whether newer ones have taken its place.</summary>
    public bool IsLetGo => isLetGo;

    public bool IsQuestioned => mayGoOn is not null;

    /// <summary>The last event that the client saw, of which nobody knows yet whether it has come; null without one.</summary>
    public static long? LastSeen(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null;

    public async Task BeginAsync(long start)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await SendAsync(EventFrame.Open(start)).ConfigureAwait(false);
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame)
    {
        await writing.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        hasBegun = true;
        try
        {
            await context.Response.BodyWriter.WriteAsync(frame, context.RequestAborted).ConfigureAwait(false);
            // Whoever takes events lives, however often a ping finds a write under way.
            missedPings = 0;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>
    /// Hands each update over as it comes, until <paramref name="each"/> says stop, the client is gone or too slow, the stream is let go or the host stops,
    /// which would otherwise wait for its streams. A client opens it again.
    /// </summary>
    /// <param name="watch">What is listened to.</param>
    /// <param name="each">Sends one update.</param>
    /// <param name="until">When it ends by itself; null for never.</param>
    /// <returns>Whether it has ended by itself.</returns>
    public async Task<bool> RunAsync(SessionWatch watch, Func<SessionUpdate, ValueTask<bool>> each, DateTimeOffset? until = null)
    {
        var host = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var over = until is { } at ? EndOf(at) : null;
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping, end.Token, over?.Token ?? default);
        try
        {
            await foreach (var update in watch.ReadAsync(leaving.Token).ConfigureAwait(false))
            {
                if (!await each(update).ConfigureAwait(false))
                    return false;
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested || context.RequestAborted.IsCancellationRequested)
        {
            // There is nobody left to tell, but for one who has too many. What is sent meets that a client has gone a moment before what is linked to it.
        }

        if (isLetGo && !context.RequestAborted.IsCancellationRequested)
            await SendAsync(EventFrame.ComeLater).ConfigureAwait(false);
        return over?.IsCancellationRequested == true && !isLetGo && !context.RequestAborted.IsCancellationRequested;
    }

    private CancellationTokenSource EndOf(DateTimeOffset until)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var left = until - time.GetUtcNow();
        var over = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        // The time may have come while the timer was set.
        if (time.GetUtcNow() >= until)
            over.Cancel();
        return over;
    }

    /// <summary>Ends the stream because newer ones have taken its place.</summary>
    public void LetGo()
    {
        isLetGo = true;
        try
        {
            end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself meanwhile.
        }
    }

    /// <summary>Says that the stream lives. Returns at once.</summary>
    public void Ping()
    {
        lock (gate)
        {
            // What is written first decides which headers are sent.
            if (isClosed || !hasBegun)
                return;
            if (!writing.Wait(0))
            {
                // Somebody writes just now, or has for long because the client takes nothing.
                if (++missedPings >= PatientPings)
                    context.Abort();
                return;
            }
        }

        _ = EndOnFailureAsync(writing, async () =>
        {
            await context.Response.BodyWriter.WriteAsync(EventFrame.Ping, context.RequestAborted).ConfigureAwait(false);
            missedPings = 0;
        });
    }

    /// <summary>Asks again whether the listener may listen, and ends the stream if not. Returns at once; one question at a time is enough.</summary>
    public void Ask()
    {
        lock (gate)
        {
            if (isClosed || !asking!.Wait(0))
                return;
        }

        _ = EndOnFailureAsync(asking, async () =>
        {
            if (!await mayGoOn!().ConfigureAwait(false))
                await end.CancelAsync().ConfigureAwait(false);
        });
    }

    /// <summary>From here on nobody touches the request, which may be another's soon.</summary>
    public async ValueTask DisposeAsync()
    {
        streams.Remove(this);
        lock (gate)
            isClosed = true;
        await writing.WaitAsync().ConfigureAwait(false);
        if (asking is not null)
            await asking.WaitAsync().ConfigureAwait(false);
        end.Dispose();
    }

    private async Task EndOnFailureAsync(SemaphoreSlim turn, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Whatever went wrong, the client's next request meets it where it can be answered. A client that has gone is nothing wrong.
            if (!context.RequestAborted.IsCancellationRequested)
                ProblemLog.Of(context).StreamEnded(failure);
            await end.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }
}
