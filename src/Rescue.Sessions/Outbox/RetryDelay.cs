using System.Security.Cryptography;

namespace Rescue.Sessions.Outbox;

/// <summary>Exponential back-off with full jitter, so that senders that failed together do not come back together.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    // The clocks of nodes differ a little, and while one comes from its clock to the store the others go on writing.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    /// <summary>A random time up to a bound that doubles with each attempt.</summary>
    public static TimeSpan After(int attempts, TimeSpan longest)
    {
        var bound = Math.Min(First.TotalMilliseconds * Math.Pow(2, Math.Min(attempts, 30)), longest.TotalMilliseconds);
        return Within(TimeSpan.FromMilliseconds(bound));
    }

    /// <summary>The same, or what was asked for where that is longer, though no longer than the longest.</summary>
    public static TimeSpan After(int attempts, TimeSpan longest, TimeSpan? asked) => NotBefore(asked, After(attempts, longest), longest);

    /// <summary>A random time up to as long as has been waited already, or what was asked for where that is longer: for attempts that do not count.</summary>
    public static TimeSpan AfterWaiting(TimeSpan waited, TimeSpan longest, TimeSpan? asked)
    {
        var bound = TimeSpan.FromTicks(Math.Min(Math.Max(waited.Ticks, First.Ticks), longest.Ticks));
        return NotBefore(asked, Within(bound), longest);
    }

    /// <summary>The furthest to which anything is held or put off, unless by a clock that was ahead.</summary>
    /// <param name="leaseUntil">How far a lease reaches that is taken now.</param>
    /// <param name="longest">The longest pause.</param>
    public static DateTimeOffset Horizon(DateTimeOffset leaseUntil, TimeSpan longest) => leaseUntil + (longest > Leeway ? longest : Leeway);

    /// <summary>A random time up to a bound.</summary>
    public static TimeSpan Within(TimeSpan longest) =>
        TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, (int)longest.TotalMilliseconds + 1));

    private static TimeSpan NotBefore(TimeSpan? asked, TimeSpan pause, TimeSpan longest) =>
        asked > pause ? TimeSpan.FromTicks(Math.Min(asked.Value.Ticks, longest.Ticks)) : pause;
}
