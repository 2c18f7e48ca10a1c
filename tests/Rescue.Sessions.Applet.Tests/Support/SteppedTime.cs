using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.Applet.Tests.Support;

/// <summary>A fake clock that tells when somebody starts to wait, so that a test advances it at the right moment without sleeping.</summary>
internal sealed class SteppedTime : FakeTimeProvider
{
    /// <summary>Real time after which a wait that never comes fails the test.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The next wait that fits, leaving out those before it.</summary>
    public async Task<TimeSpan> NextWaitAsync(Func<TimeSpan, bool> fits)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            TimeSpan wait;
            do
                wait = await _waits.Reader.ReadAsync(patience.Token);
            while (!fits(wait));
            return wait;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Nobody has begun a wait that fits within {Patience}.");
        }
    }

    /// <summary>Waits for somebody to wait that long, and lets the time pass.</summary>
    public async Task PassAsync(TimeSpan wait)
    {
        await NextWaitAsync(found => found == wait);
        Advance(wait);
    }
}
