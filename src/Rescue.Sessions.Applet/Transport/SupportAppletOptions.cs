namespace Rescue.Sessions.Applet;

/// <summary>Retries and time limits of a <see cref="SupportApplet"/>.</summary>
public sealed class SupportAppletOptions
{
    /// <summary>How often a request is tried while the server cannot be reached, from 1 to 20. Heartbeats are tried once: the next one follows anyway.</summary>
    public int Attempts { get; set; } = 5;

    /// <summary>The longest wait before the second attempt, from 1 ms to <see cref="MaxRetryDelay"/>; it doubles from there, and half of it is random.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What no wait between two attempts exceeds, up to 1 hour.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt may take, from 1 s to 10 minutes.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The time between two heartbeats, from 1 s to 1 minute (a server reports a silent customer within the minute).</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long the event stream may stay silent before it counts as dead and is opened again, from 1 s to 1 hour. Nothing is lost by
    /// it: the stream begins with the status as it is then.
    /// </summary>
    public TimeSpan EventsIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
