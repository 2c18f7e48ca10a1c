using System.Security.Cryptography;

namespace Rescue.Sessions.Outbox;

/// <summary>Exponential back-off with full jitter, so that senders that failed together do not come back together.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    /// <summary>A random time up to a bound that doubles with each attempt.</summary>
    public static TimeSpan After(int attempts, TimeSpan longest)
    {
        var bound = Math.Min(First.TotalMilliseconds * Math.Pow(2, Math.Min(attempts, 30)), longest.TotalMilliseconds);
        return Within(TimeSpan.FromMilliseconds(bound));
    }

    /// <summary>The same, or what was asked for where that is longer, though no longer than the longest.</summary>
    public static TimeSpan After(int attempts, TimeSpan longest, TimeSpan? asked)
    {
        var pause = After(attempts, longest);
        return asked > pause ? TimeSpan.FromTicks(Math.Min(asked.Value.Ticks, longest.Ticks)) : pause;
    }

    /// <summary>A random time up to a bound.</summary>
    public static TimeSpan Within(TimeSpan longest) =>
        TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, (int)longest.TotalMilliseconds + 1));
}
