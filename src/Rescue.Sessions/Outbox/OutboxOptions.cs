namespace Rescue.Sessions.Outbox;

/// <summary>How messages are sent.</summary>
public sealed class OutboxOptions
{
    /// <summary>
    /// How many messages are sent at the same time by each way (a mail server, where there are several), 1 to 64; 16 by default, as many as
    /// <c>SmtpOptions.MaxConnections</c>: more than there are connections only wait for one.
    /// </summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>The longest pause between two attempts, one second to one hour; one minute by default.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// After how many attempts a message that is put off each time counts as rejected, 1 to 1,000; 50 by default. A code that ends stops it earlier. What was not
    /// tried because of a wrong setting, or because whoever carries it on was not reached, does not count.
    /// </summary>
    public int MaxAttempts { get; set; } = 50;
}
