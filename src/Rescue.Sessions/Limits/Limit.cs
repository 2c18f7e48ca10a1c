using System.Security.Cryptography;
using System.Text;

namespace Rescue.Sessions.Limits;

/// <summary>
/// How often something may happen over about the last window: this window's count plus the share of the one before that is still in sight.
/// </summary>
/// <param name="Key">What is counted, 1 to 64 characters, without anything personal in clear.</param>
/// <param name="Most">How often it may happen; 0 = no limit.</param>
/// <param name="Window">The window, one second to one day. Windows begin at multiples of it since the year 1.</param>
public sealed record Limit(string Key, int Most, TimeSpan Window)
{
    /// <summary>A key for what strangers or customers choose, such as an address: bounded in length, and hashed, for it is not for the store's readers.</summary>
    /// <param name="concept">What is limited, such as <c>recipient</c>; at most 31 characters.</param>
    /// <param name="counted">Which one is counted.</param>
    public static string KeyOf(string concept, string counted) =>
        $"{concept}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(counted)).AsSpan(0, 16))}";

    /// <summary>The number of the window that a moment lies in.</summary>
    public long WindowAt(DateTimeOffset now) => now.UtcTicks / Window.Ticks;

    /// <summary>How much of the window before is still in sight: 1 at the beginning of this one, and nearly 0 at its end.</summary>
    public double ShareAt(DateTimeOffset now) => 1 - (ElapsedAt(now) / Window);

    /// <summary>
    /// After how long there is room for one more; null when there is now. The meaning that every store must give a limit.
    /// </summary>
    /// <param name="before">The count of the window before.</param>
    /// <param name="count">The count of this window.</param>
    /// <param name="now">The present moment.</param>
    public TimeSpan? RetryAfter(int before, int count, DateTimeOffset now)
    {
        var elapsed = ElapsedAt(now);
        var share = ShareAt(now);
        if (Most == 0 || count + (before * share) + 1 <= Most)
            return null;
        // Room comes when the older count has faded enough: in this window, or in the next, where this window's count fades.
        return count < Most ? Faded(before, Most - 1 - count) - elapsed : Window - elapsed + Faded(count, Most - 1);
    }

    private TimeSpan ElapsedAt(DateTimeOffset now) => TimeSpan.FromTicks(now.UtcTicks % Window.Ticks);

    // A millisecond more than the exact time, so that rounding does not refuse once again.
    private TimeSpan Faded(int count, int room) => (Window * (1 - Math.Min(1, (double)room / count))) + TimeSpan.FromMilliseconds(1);
}
