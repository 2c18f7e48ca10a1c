namespace Rescue.Sessions.Applet.Joining;

/// <summary>The server said no.</summary>
public sealed class JoinRefused : JoinResult
{
    internal JoinRefused(JoinRefusal reason, TimeSpan? retryAfter)
    {
        Reason = reason;
        RetryAfter = retryAfter;
    }

    /// <summary>Why.</summary>
    public JoinRefusal Reason { get; }

    /// <summary>When to try again at the earliest (Retry-After, RFC 9110, section 10.2.3); null where the server gives no time.</summary>
    public TimeSpan? RetryAfter { get; }
}
