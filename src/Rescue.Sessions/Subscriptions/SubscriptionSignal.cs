namespace Rescue.Sessions.Subscriptions;

/// <summary>Tells the pump that there is something to be stored, or that held events may have been changed by somebody else. Thread-safe.</summary>
internal sealed class SubscriptionSignal
{
    private readonly WakeFlag flag = new();
    private int looks;

    /// <summary>How often it was asked to look again.</summary>
    public int Looks => Volatile.Read(ref looks);

    public void Set() => flag.Set();

    public void LookAgain()
    {
        Interlocked.Increment(ref looks);
        flag.Set();
    }

    public Task WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken) => flag.WaitAsync(patience, time, cancellationToken);
}
