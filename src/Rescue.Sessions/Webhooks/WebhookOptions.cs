namespace Rescue.Sessions.Webhooks;

/// <summary>Where webhooks may lead, and how they are sent.</summary>
public sealed class WebhookOptions
{
    /// <summary>Whether receivers may be reached without TLS, so that anybody on the way reads what is sent; false by default.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// Whether receivers may have addresses that are not on the public internet: loopback, private, link-local (with the metadata services of clouds) and the
    /// like. False by default, for an administrator of a tenant could otherwise reach into the product's own network.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How many webhooks a tenant may have, 1 to 1,000; 20 by default.</summary>
    public int PerTenant { get; set; } = 20;

    /// <summary>How many messages are sent to one receiver at the same time by each node, 1 to 64; 4 by default. Those of one session go one after the other.</summary>
    public int Concurrency { get; set; } = 4;

    /// <summary>How long a receiver may take to answer, one second to one minute; 15 seconds by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>After how many attempts a message counts as failed, 1 to 1,000; 60 by default, which with the default pauses is about a day.</summary>
    public int MaxAttempts { get; set; } = 60;

    /// <summary>The longest pause between two attempts, one second to one day; one hour by default.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>For how long messages are signed under the former secret too when it is rotated, 0 to 30 days; one day by default.</summary>
    public TimeSpan RotationOverlap { get; set; } = TimeSpan.FromDays(1);

    /// <summary>For how long what was sent or failed can be seen and replayed, one hour to ten years; 30 days by default. It goes earlier with its session.</summary>
    public TimeSpan LogRetention { get; set; } = TimeSpan.FromDays(30);
}
