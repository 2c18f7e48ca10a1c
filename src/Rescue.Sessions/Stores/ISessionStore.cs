using System.Collections.Immutable;

namespace Rescue.Sessions.Stores;

/// <summary>
/// Keeps sessions and, with the interfaces that it adds to, their history, their outbox and their technicians: one store, for every write is one atomic step, of which all
/// is stored or nothing is. Whoever needs a part takes that part.
/// </summary>
/// <remarks>
/// Implementations are safe for parallel use. A failure of the storage surfaces as a <see cref="SessionStoreException"/> and is never answered
/// as "not found".
/// A store does not know the rules of a session's life: they come with each change as data.
/// </remarks>
public interface ISessionStore : IDeadlineStore, ITechnicianStore, IEventStore, IOutboxStore
{
    /// <summary>Whether sessions outlive the process, so that keys must be configured.</summary>
    bool IsDurable { get; }

    /// <summary>Stores a new session, unless its PIN is live, its idempotency key was used, or an identical request has made one of late (<see cref="RecentRequest"/>).</summary>
    ValueTask<SessionCreationResult> CreateAsync(SessionCreation creation, CancellationToken cancellationToken = default);

    /// <summary>Finds a session; null when there is none.</summary>
    ValueTask<StoredSession?> FindAsync(SessionSelector selector, CancellationToken cancellationToken = default);

    /// <summary>Finds a session with its history, in one look at the store; null when there is none. An event that cannot be read is left out.</summary>
    ValueTask<StoredHistory?> FindHistoryAsync(SessionId id, CancellationToken cancellationToken = default);

    /// <summary>Applies a change if its rows permit it and the guard allows it, in one conditional write.</summary>
    ValueTask<TransitionResult> TransitionAsync(
        SessionSelector selector, SessionGuard guard, SessionChange change, CancellationToken cancellationToken = default);

    /// <summary>
    /// Notes signs of life without a new version and without history, each at most every <see cref="Lifecycle.SessionTimeouts.TouchInterval"/>. A session may be among
    /// them more than once. What was noted while a clock was ahead gives way to what is right.
    /// </summary>
    /// <returns>For each, in their order: the session, or null when there is none or the key is not its present one.</returns>
    ValueTask<ImmutableArray<StoredSession?>> TouchAsync(
        ImmutableArray<SignOfLife> signs, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Lists sessions, newest first.</summary>
    ValueTask<ImmutableArray<Session>> ListAsync(SessionQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Erases ended sessions for good: snapshots, hashes, history, unsent messages and idempotency keys. A reader of events sees a gap.
    /// </summary>
    /// <returns>How many were erased; fewer than <see cref="SessionErasure.Limit"/> when there are no more.</returns>
    ValueTask<int> EraseAsync(SessionErasure erasure, CancellationToken cancellationToken = default);
}
