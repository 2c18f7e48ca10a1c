using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Events;

/// <summary>
/// The end as any answer has told it first, a heartbeat's as well as the stream's: a stream that is dead unnoticed, as after sleep, would keep it for as long
/// as it may be silent. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // A session needs no disposing, and a source without a timer whose wait handle nobody asks for holds nothing.
internal sealed class SessionEnding
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _known = new();
    private LastAnswer? _answer;

    /// <summary>Cancelled once <see cref="Answer"/> is there.</summary>
    public CancellationToken Known => _known.Token;

    /// <summary>Null while the session goes on.</summary>
    public LastAnswer? Answer => Volatile.Read(ref _answer);

    public void Learn(Reply reply)
    {
        // Not awaited: whoever watches goes on beside whoever has asked.
        if (LastAnswer.Of(reply) is { } answer && Interlocked.CompareExchange(ref _answer, answer, null) is null)
            _ = _known.CancelAsync();
    }
}
