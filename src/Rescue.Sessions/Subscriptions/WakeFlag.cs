using System.Threading.Channels;

namespace Rescue.Sessions.Subscriptions;

/// <summary>Wakes one waiter, also one that comes after it was set. Thread-safe.</summary>
internal sealed class WakeFlag
{
    private readonly Channel<bool> flag = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => flag.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await flag.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Waits until it is set or some time is over.</summary>
    public async Task WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(WaitAsync(woken.Token), Task.Delay(patience, time, woken.Token)).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
