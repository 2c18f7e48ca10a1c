using System.Collections.Immutable;

namespace Rescue.Sessions.Stores;

/// <summary>Hands stored messages to senders, each to one at a time.</summary>
/// <inheritdoc cref="ISessionStore" path="/remarks"/>
public interface IOutboxStore
{
    /// <summary>Takes due outbox messages for one sender until a lease ends. A message is held by one sender at a time, in order per session.</summary>
    /// <param name="now">The present moment.</param>
    /// <param name="leaseUntil">Until when the sender wants to hold what it gets.</param>
    /// <param name="limit">The most messages it wants.</param>
    /// <param name="horizon">
    /// The furthest that a lease or a retry can reach. What is held until later was written while a clock was ahead, and is due now; null leaves it as it is.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<OutboxClaim>> ClaimAsync(
        DateTimeOffset now, DateTimeOffset leaseUntil, int limit, DateTimeOffset? horizon = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Marks each of several claimed messages as being sent, if its lease still holds and its session's code is live. For the same claim again it is the same attempt.
    /// </summary>
    /// <returns>An answer for each claim, in their order.</returns>
    ValueTask<ImmutableArray<OutboxBegin>> BeginAsync(ImmutableArray<OutboxClaim> claims, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Extends leases, or ends them where <paramref name="leaseUntil"/> is now.</summary>
    /// <returns>For each claim, in their order: false when its lease was lost.</returns>
    ValueTask<ImmutableArray<bool>> RenewAsync(ImmutableArray<OutboxClaim> claims, DateTimeOffset leaseUntil, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records what became of claimed messages of different sessions, each together with its session's change, where the claim is still the latest. All of it is stored or
    /// nothing is.
    /// </summary>
    /// <returns>For each result, in their order: false when another sender has claimed the message since, or this claim was completed before; nothing is stored of it then.</returns>
    ValueTask<ImmutableArray<bool>> CompleteAsync(ImmutableArray<OutboxResult> results, CancellationToken cancellationToken = default);

    /// <summary>Since when the message has been due that has been for longest of those that are not finished with; null when there is none.</summary>
    ValueTask<DateTimeOffset?> FindOldestMessageAsync(CancellationToken cancellationToken = default);
}
