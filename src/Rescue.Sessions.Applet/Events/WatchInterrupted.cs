namespace Rescue.Sessions.Applet.Events;

/// <summary>The event stream was lost. It will be opened again and resume where it was; the session itself may be well.</summary>
public sealed class WatchInterrupted : SessionEvent
{
    internal WatchInterrupted(TimeSpan retryIn) => RetryIn = retryIn;

    /// <summary>The wait before the next attempt.</summary>
    public TimeSpan RetryIn { get; }
}
