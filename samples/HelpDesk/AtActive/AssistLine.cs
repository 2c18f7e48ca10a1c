using System.Net.WebSockets;

namespace HelpDesk.AtActive;

/// <summary>One end's line: whole messages in and out.</summary>
internal sealed class AssistLine(WebSocket socket)
{
    /// <summary>Says that the same end came again from another window, so that this one does not.</summary>
    public const WebSocketCloseStatus TakenOver = (WebSocketCloseStatus)4001;

    private const int LongestMessage = 64 * 1024;

    private readonly byte[] _message = new byte[LongestMessage];
    private readonly Lock _order = new();
    private Task _last = Task.CompletedTask;

    /// <summary>The next message, good until the one after it; null when the other end has hung up, or sends what is none of ours.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        try
        {
            while (length < LongestMessage)
            {
                var part = await socket.ReceiveAsync(_message.AsMemory(length), cancellationToken);
                if (part.MessageType != WebSocketMessageType.Text)
                    return null;
                length += part.Count;
                if (part.EndOfMessage)
                    return _message.AsMemory(0, length);
            }
        }
        catch (WebSocketException)
        {
            // A line that was cut has hung up as well.
        }

        return null;
    }

    public Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => InTurnAsync(
        () => socket.State is WebSocketState.Open ? socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken).AsTask() : Task.CompletedTask);

    /// <summary>Hangs up.</summary>
    public Task CloseAsync(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure) => InTurnAsync(
        () => socket.State is WebSocketState.Open or WebSocketState.CloseReceived ? socket.CloseOutputAsync(status, null, CancellationToken.None) : Task.CompletedTask);

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
        catch (Exception cut) when (cut is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever receives on this line notices that it was cut or hung up.
        }
    }
}
