using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Presence;

namespace Rescue.Sessions.Stores;

/// <summary>
/// Keeps sessions, their history and their outbox. Every write is one atomic step: all of it is stored or nothing is.
/// </summary>
/// <remarks>
/// Implementations are safe for parallel use. A failure of the storage surfaces as a <see cref="SessionStoreException"/> and is never answered
/// as "not found".
/// A store does not know the rules of a session's life: they come with each change as data.
/// </remarks>
public interface ISessionStore
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
    /// them more than once.
    /// </summary>
    /// <returns>For each, in their order: the session, or null when there is none or the key is not its present one.</returns>
    ValueTask<ImmutableArray<StoredSession?>> TouchAsync(
        ImmutableArray<SignOfLife> signs, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Lists sessions, newest first.</summary>
    ValueTask<ImmutableArray<Session>> ListAsync(SessionQuery query, CancellationToken cancellationToken = default);

    /// <summary>Sessions whose deadline has come, the longest overdue first.</summary>
    ValueTask<ImmutableArray<Session>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>Sessions whose next alarm is due, the earliest first.</summary>
    ValueTask<ImmutableArray<Session>> FindAlarmsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>Sessions that are waiting, active or transferring and whose applet has been silent for the session's silence time-out.</summary>
    ValueTask<ImmutableArray<Session>> FindSilentAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>The sessions of a tenant that are not closed and belong to a technician: made by them and not picked up by another, or owned by them.</summary>
    ValueTask<ImmutableArray<Session>> FindOpenOfAsync(string tenant, string technician, CancellationToken cancellationToken = default);

    /// <summary>A technician's presence; available until set.</summary>
    ValueTask<TechnicianPresence> FindPresenceAsync(string tenant, string technician, CancellationToken cancellationToken = default);

    /// <summary>Sets a technician's presence, and notes that they were seen.</summary>
    ValueTask SetPresenceAsync(
        string tenant, TechnicianReference technician, TechnicianPresence presence, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Notes that a technician was seen, with their present name.</summary>
    ValueTask NoteTechnicianAsync(string tenant, TechnicianReference technician, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>What is known of technicians.</summary>
    /// <returns>One for each id, in their order; one who is not known has neither name nor <see cref="StoredTechnician.SeenAt"/>.</returns>
    ValueTask<ImmutableArray<StoredTechnician>> FindTechniciansAsync(
        string tenant, ImmutableArray<string> ids, CancellationToken cancellationToken = default);

    /// <summary>The technicians of a tenant who were seen since a moment, the latest first.</summary>
    ValueTask<ImmutableArray<StoredTechnician>> ListTechniciansAsync(
        string tenant, DateTimeOffset seenSince, int limit, CancellationToken cancellationToken = default);

    /// <summary>Erases what was noted of the technicians of all tenants who were seen before a moment and not since.</summary>
    ValueTask ForgetTechniciansAsync(DateTimeOffset seenBefore, CancellationToken cancellationToken = default);

    /// <summary>Erases what was noted of one technician.</summary>
    ValueTask EraseTechnicianAsync(string tenant, string technician, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes work that one node does for all, until a moment; the node that has it may extend it. What is done under a lease must be right even when two
    /// do it, for a node that was stopped for a while does not know that it has lost its lease.
    /// </summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="holder">The node; a name that no other has.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When the lease ends by itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False while another node has it.</returns>
    ValueTask<bool> TryLeaseAsync(string work, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>Reads events in order.</summary>
    ValueTask<SessionEventPage> ReadEventsAsync(SessionEventQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads events in order, each with its session, in one look at the store: a session is never older than its event. An event that cannot be read is
    /// left out.
    /// </summary>
    ValueTask<SessionFeedPage> ReadFeedAsync(SessionEventQuery query, CancellationToken cancellationToken = default);

    /// <summary>Where a reader begins who wants only what comes: no event that readers see later has this sequence or a lower one.</summary>
    ValueTask<long> ReadLatestSequenceAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Completes when there may be events after a sequence, at once when this process has written some. It may complete without any. A process has one
    /// caller that waits, whatever number of listeners it has.
    /// </summary>
    Task WaitForEventsAsync(long after, CancellationToken cancellationToken = default);

    /// <summary>Takes due outbox messages for one sender until a lease ends. A message is held by one sender at a time, in order per session.</summary>
    ValueTask<ImmutableArray<OutboxClaim>> ClaimAsync(OutboxClaimRequest request, CancellationToken cancellationToken = default);

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

    /// <summary>
    /// Erases ended sessions for good: snapshots, hashes, history, unsent messages and idempotency keys. A reader of events sees a gap.
    /// </summary>
    /// <returns>How many were erased; fewer than <see cref="SessionErasure.Limit"/> when there are no more.</returns>
    ValueTask<int> EraseAsync(SessionErasure erasure, CancellationToken cancellationToken = default);
}
