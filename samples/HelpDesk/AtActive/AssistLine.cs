using System.Net.WebSockets;

namespace HelpDesk.AtActive;

/// <summary>One end's line: whole messages in and out. Nobody waits for an end that does not read.</summary>
internal sealed class AssistLine(WebSocket socket, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Says that the same end came again from another window, so that this one does not.</summary>
    public const WebSocketCloseStatus TakenOver = (WebSocketCloseStatus)4001;

    private const int LongestMessage = 64 * 1024;

    // Most lines never say more at once, and each is held for as long as its session is active.
    private const int UsualMessage = 2 * 1024;
    private const int MostWaiting = 100;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Lock _order = new();
    private readonly CancellationTokenSource _isDone = new();
    private byte[] _message = new byte[UsualMessage];
    private Task? _cutOff;
    private Task _last = Task.CompletedTask;
    private int _waiting;

    /// <summary>The next message, good until the one after it; null when the other end has hung up or was cut off, or sends what is none of ours.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        try
        {
            while (length < LongestMessage)
            {
                if (length == _message.Length)
                    Array.Resize(ref _message, length * 2);
                var part = await socket.ReceiveAsync(_message.AsMemory(length), cancellationToken);
                if (part.MessageType != WebSocketMessageType.Text)
                    return null;
                length += part.Count;
                if (part.EndOfMessage)
                    return _message.AsMemory(0, length);
            }
        }
        catch (Exception cut) when (cut is WebSocketException || (cut is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // A line that was cut has hung up as well.
        }

        return null;
    }

    /// <summary>Says something as soon as what was said before is out. An end that does not keep up is cut off.</summary>
    public void Send(ReadOnlyMemory<byte> message)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
            socket.Abort();
        _ = InTurnAsync(async () =>
        {
            Interlocked.Decrement(ref _waiting);
            if (socket.State is WebSocketState.Open)
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        });
    }

    /// <summary>Hangs up; an end that does not do so too is cut off.</summary>
    /// <returns>When the other end was told.</returns>
    public Task HangUpAsync(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure)
    {
        lock (_order)
            _cutOff ??= CutOffAsync();
        return InTurnAsync(
            () => socket.State is WebSocketState.Open or WebSocketState.CloseReceived ? socket.CloseOutputAsync(status, null, CancellationToken.None) : Task.CompletedTask);
    }

    /// <summary>From here on nobody cuts the socket off, whose request may be another's soon.</summary>
    public async ValueTask DisposeAsync()
    {
        await _isDone.CancelAsync();
        if (_cutOff is { } cutOff)
            await cutOff;
        _isDone.Dispose();
    }

    private async Task CutOffAsync()
    {
        await Task.Delay(Farewell, time, _isDone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_isDone.IsCancellationRequested)
            socket.Abort();
    }

    // A socket sends one message at a time.
    private Task InTurnAsync(Func<Task> act)
    {
        lock (_order)
            return _last = AfterAsync(_last, act);
    }

    private static async Task AfterAsync(Task earlier, Func<Task> act)
    {
        await earlier;
        try
        {
            await act();
        }
        catch (Exception cut) when (cut is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Whoever receives on this line notices that it was cut or hung up.
        }
    }
}
