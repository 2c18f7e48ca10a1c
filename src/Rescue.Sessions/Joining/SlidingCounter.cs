namespace Rescue.Sessions.Joining;

/// <summary>
/// Counts what happened per key over about the last window: this window's count plus the share of the one before that is still in sight. Thread-safe.
/// </summary>
/// <remarks>Two numbers a key; keys that fell silent are dropped when a window ends, so memory is bounded by the keys of two windows.</remarks>
internal sealed class SlidingCounter<TKey>(TimeProvider time)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private Dictionary<TKey, int> current = [];
    private Dictionary<TKey, int> previous = [];
    private long windowNumber;

    /// <summary>Takes one of <paramref name="limit"/>; when none is left, says after how long to try again.</summary>
    public bool TryTake(TKey key, int limit, TimeSpan window, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        if (limit == 0)
            return true;
        lock (gate)
        {
            var elapsed = Roll(window);
            var count = current.GetValueOrDefault(key);
            var share = 1 - (elapsed / window);
            var before = previous.GetValueOrDefault(key);
            if (count + (before * share) + 1 > limit)
            {
                // Room comes when the older count has faded enough: in this window, or in the next, where this window's count fades.
                retryAfter = count < limit
                    ? Faded(before, limit - 1 - count, window) - elapsed
                    : window - elapsed + Faded(count, limit - 1, window);
                return false;
            }

            current[key] = count + 1;
            return true;
        }
    }

    /// <summary>Gives back what was taken for something that turned out right.</summary>
    public void Return(TKey key)
    {
        lock (gate)
        {
            if (!current.TryGetValue(key, out var count))
                return;
            // A key that counts nothing is not kept: strangers choose keys.
            if (count > 1)
                current[key] = count - 1;
            else
                current.Remove(key);
        }
    }

    // A millisecond more than the exact time, so that rounding does not refuse once again.
    private static TimeSpan Faded(int count, int room, TimeSpan window) =>
        (window * (1 - Math.Min(1, (double)room / count))) + TimeSpan.FromMilliseconds(1);

    private TimeSpan Roll(TimeSpan window)
    {
        var ticks = time.GetUtcNow().UtcTicks;
        var number = ticks / window.Ticks;
        if (number != windowNumber)
        {
            previous = number == windowNumber + 1 ? current : [];
            current = [];
            windowNumber = number;
        }

        return TimeSpan.FromTicks(ticks % window.Ticks);
    }
}
