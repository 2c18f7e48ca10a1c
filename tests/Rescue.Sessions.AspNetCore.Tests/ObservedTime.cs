using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.AspNetCore.Tests;

/// <summary>A clock that stands still until it is moved, and tells when somebody starts to wait, so that it is moved at the right moment.</summary>
internal sealed class ObservedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // In the flow of whoever starts it, as the system's timers run.
        var flow = ExecutionContext.Capture();
        var timer = base.CreateTimer(flow is null ? callback : told => ExecutionContext.Run(flow, _ => callback(told), null), state, dueTime, period);
        waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Lets that long pass once somebody waits for it.</summary>
    public async Task PassWhenAwaitedAsync(TimeSpan wait)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await waits.Reader.ReadAsync(patience.Token) != wait)
        {
        }

        Advance(wait);
    }
}
