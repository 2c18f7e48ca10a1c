namespace Rescue.Sessions.Subscriptions;

/// <summary>How one durable subscription hands out events.</summary>
public sealed class SubscriptionOptions
{
    /// <summary>Where it begins when the store does not know it yet; with what happens from then on by default. Later it has no effect.</summary>
    public SubscriptionStart Start { get; set; }

    /// <summary>How many sessions' events are handled at the same time, 1 to 64; 8 by default.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>How long an attempt may take before its token is cancelled, one second to ten minutes; 30 seconds by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After how many attempts an event is parked, 1 to 1,000; 50 by default, which with the default pauses is some hours.</summary>
    public int MaxAttempts { get; set; } = 50;

    /// <summary>The longest pause between two attempts, one second to one day; ten minutes by default.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(10);
}
