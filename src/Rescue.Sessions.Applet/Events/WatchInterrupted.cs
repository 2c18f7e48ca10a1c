namespace Rescue.Sessions.Applet.Events;

/// <summary>The event stream was lost. It will be opened again and report what has changed until then; the session itself may be well.</summary>
public sealed class WatchInterrupted : SessionEvent
{
    internal WatchInterrupted(TimeSpan retryIn, bool isIntercepted)
    {
        RetryIn = retryIn;
        IsIntercepted = isIntercepted;
    }

    /// <summary>The wait before the next attempt.</summary>
    public TimeSpan RetryIn { get; }

    /// <summary>Whether something else has answered in the server's place, such as the sign-in page of a network.</summary>
    public bool IsIntercepted { get; }
}
