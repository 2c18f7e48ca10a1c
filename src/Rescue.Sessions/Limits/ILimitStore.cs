using System.Collections.Immutable;

namespace Rescue.Sessions.Limits;

/// <summary>Counts what is limited, for all nodes together. <see cref="Limit.RetryAfter"/> says what a limit means.</summary>
/// <remarks>
/// Implementations are safe for parallel use, never exceed a limit under races, and forget a count once two windows have passed. What is
/// refused should write nothing, so that a flood of refusals is cheap.
/// </remarks>
public interface ILimitStore
{
    /// <summary>Takes one from each limit, or none from any when one is spent.</summary>
    /// <param name="limits">The limits, each with a key of its own; those with <see cref="Limit.Most"/> 0 are left out.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="cancellationToken">Ends the wait; one may be taken all the same.</param>
    /// <returns>Null when it was taken; otherwise after how long to try again.</returns>
    ValueTask<TimeSpan?> TryTakeAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Looks whether there is room in each limit, and takes nothing.</summary>
    /// <param name="limits">The limits, each with a key of its own; those with <see cref="Limit.Most"/> 0 are left out.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is room in all of them; otherwise after how long to look again.</returns>
    ValueTask<TimeSpan?> FindRetryAfterAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Gives one back to each limit, for something that turned out right; a count is never below zero.</summary>
    ValueTask ReturnAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default);
}
