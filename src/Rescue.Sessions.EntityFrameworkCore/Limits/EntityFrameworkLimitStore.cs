using System.Collections.Immutable;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Limits;

namespace Rescue.Sessions.EntityFrameworkCore.Limits;

/// <summary>
/// Counts in a database, for all nodes together. What is spent is seen by a read, so that a flood of refusals writes nothing. Where there are many
/// writers, taking is one statement: who takes from the same limit waits for the others as long as that statement runs, and not for their commits.
/// </summary>
internal sealed class EntityFrameworkLimitStore(Database database) : ILimitStore
{
    public async ValueTask<TimeSpan?> TryTakeAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var counted = Counted(limits);
        if (counted.IsEmpty)
            return null;
        return database.HasOneWriter
            ? await TakeAloneAsync(counted, now, cancellationToken).ConfigureAwait(false)
            : await TakeAsync(counted, now, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<TimeSpan?> FindRetryAfterAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var counted = Counted(limits);
        if (counted.IsEmpty)
            return null;
        return RetryAfter(counted, await database.ReadAsync(LimitSql.Select(counted, now), LimitCount.Read, cancellationToken).ConfigureAwait(false), now);
    }

    public async ValueTask ReturnAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var counted = Counted(limits);
        if (!counted.IsEmpty)
            await database.WriteAsync([LimitSql.Return(database, counted, now)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets the counts that no window can see any more.</summary>
    public ValueTask ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync([new("DELETE FROM rescue_limit WHERE forgotten_at <= @now", ("now", now.UtcTicks))], cancellationToken);

    private async ValueTask<TimeSpan?> TakeAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var taking = LimitSql.Take(limits, now, quickly: HostTransaction.Current is null);
        while (true)
        {
            var counts = await database.ReadAsync(taking, LimitCount.Read, cancellationToken).ConfigureAwait(false);
            if (counts.All(count => count.IsTaken))
                return null;
            if (RetryAfter(limits, counts, now) is { } retryAfter)
                return retryAfter;
            // There was room when it was looked at, and somebody was quicker at one of them: the others are given back, and the counts seen anew.
            var taken = limits.Where(limit => counts.Any(count => count.Key == limit.Key && count.IsTaken));
            await ReturnAsync([.. taken], now, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask<TimeSpan?> TakeAloneAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var select = LimitSql.Select(limits, now);
        if (RetryAfter(limits, await database.ReadAsync(select, LimitCount.Read, cancellationToken).ConfigureAwait(false), now) is { } spent)
            return spent;
        return await database.WriteAsync(
            async (work, cancellation) =>
            {
                if (RetryAfter(limits, await work.ReadAsync(select, LimitCount.Read, cancellation).ConfigureAwait(false), now) is { } retryAfter)
                    return retryAfter;
                foreach (var limit in limits)
                    work.Add(LimitSql.Increment(limit, now));
                await work.CommitAsync().ConfigureAwait(false);
                return (TimeSpan?)null;
            },
            cancellationToken).ConfigureAwait(false);
    }

    // In one order, so that the statements have one text.
    private static ImmutableArray<Limit> Counted(ImmutableArray<Limit> limits) =>
        [.. limits.Where(limit => limit.Most > 0).OrderBy(limit => limit.Key, StringComparer.Ordinal)];

    private static TimeSpan? RetryAfter(ImmutableArray<Limit> limits, List<LimitCount> counts, DateTimeOffset now)
    {
        foreach (var limit in limits)
        {
            var count = counts.First(count => count.Key == limit.Key);
            if (limit.RetryAfter(count.Before, count.Count, now) is { } retryAfter)
                return retryAfter;
        }

        return null;
    }
}
