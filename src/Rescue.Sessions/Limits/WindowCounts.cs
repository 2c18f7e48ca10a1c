namespace Rescue.Sessions.Limits;

/// <summary>The counts of this window and the one before, for limits of one length. Its owner's lock guards it.</summary>
internal sealed class WindowCounts
{
    private Dictionary<string, int> current = new(StringComparer.Ordinal);
    private Dictionary<string, int> previous = new(StringComparer.Ordinal);
    private long number;

    public void RollTo(long window)
    {
        // A clock that is set back a little goes on counting in the window it had reached; one that had jumped ahead begins anew.
        if (window == number || window == number - 1)
            return;
        previous = window == number + 1 ? current : new(StringComparer.Ordinal);
        current = new(StringComparer.Ordinal);
        number = window;
    }

    public TimeSpan? RetryAfter(Limit limit, DateTimeOffset now) =>
        limit.RetryAfter(previous.GetValueOrDefault(limit.Key), current.GetValueOrDefault(limit.Key), now);

    public void Add(string key, int by)
    {
        var count = current.GetValueOrDefault(key) + by;
        // A key that counts nothing is not kept: strangers choose keys.
        if (count > 0)
            current[key] = count;
        else
            current.Remove(key);
    }
}
