namespace Rescue.Sessions.Health;

/// <summary>From when on the health checks complain. They are checked when the host starts.</summary>
public sealed class HealthOptions
{
    /// <summary>How long the store may take to answer, 100 milliseconds to one minute; five seconds by default. Beyond, the service is unhealthy.</summary>
    public TimeSpan StoreAnswer { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stored message may wait to be sent, one second to one day; five minutes by default. Beyond, the service is degraded.</summary>
    public TimeSpan OldestMessage { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long this process may be behind the store's events, one second to one hour; 30 seconds by default. Beyond, the service is degraded.</summary>
    public TimeSpan FeedDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// By how much the machine's clock may differ from the database server's, ten milliseconds to one hour; two seconds by default. Beyond, the service is degraded.
    /// </summary>
    public TimeSpan ClockDifference { get; set; } = TimeSpan.FromSeconds(2);
}
