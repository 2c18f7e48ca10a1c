using System.Collections.Immutable;

namespace Rescue.Sessions.Limits;

/// <summary>Counts of one process. Two numbers a key; keys that fell silent are dropped when a window ends.</summary>
internal sealed class InMemoryLimitStore : ILimitStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<TimeSpan, WindowCounts> windows = [];

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> TryTakeAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (RetryAfter(limits, now) is { } retryAfter)
                return new(retryAfter);
            foreach (var limit in limits)
            {
                if (limit.Most > 0)
                    CountsFor(limit, now).Add(limit.Key, 1);
            }
        }

        return new((TimeSpan?)null);
    }

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> FindRetryAfterAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(RetryAfter(limits, now));
    }

    /// <inheritdoc/>
    public ValueTask ReturnAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            foreach (var limit in limits)
                CountsFor(limit, now).Add(limit.Key, -1);
        }

        return default;
    }

    private TimeSpan? RetryAfter(ImmutableArray<Limit> limits, DateTimeOffset now)
    {
        foreach (var limit in limits)
        {
            if (limit.Most > 0 && CountsFor(limit, now).RetryAfter(limit, now) is { } retryAfter)
                return retryAfter;
        }

        return null;
    }

    private WindowCounts CountsFor(Limit limit, DateTimeOffset now)
    {
        if (!windows.TryGetValue(limit.Window, out var counts))
            windows[limit.Window] = counts = new();
        counts.RollTo(limit.WindowAt(now));
        return counts;
    }
}
