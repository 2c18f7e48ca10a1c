using System.Collections.Immutable;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Nodes.Weaknesses;

/// <summary>A store that does what the one within does, but for what is overridden.</summary>
internal abstract class SessionStoreDecorator(ISessionStore inner) : ISessionStore
{
    public bool IsDurable => inner.IsDurable;

    protected ISessionStore Inner => inner;

    public virtual ValueTask<SessionCreationResult> CreateAsync(SessionCreation creation, CancellationToken cancellationToken = default) =>
        inner.CreateAsync(creation, cancellationToken);

    public virtual ValueTask<StoredSession?> FindAsync(SessionSelector selector, CancellationToken cancellationToken = default) =>
        inner.FindAsync(selector, cancellationToken);

    public ValueTask<StoredHistory?> FindHistoryAsync(SessionId id, CancellationToken cancellationToken = default) =>
        inner.FindHistoryAsync(id, cancellationToken);

    public virtual ValueTask<TransitionResult> TransitionAsync(
        SessionSelector selector, SessionGuard guard, SessionChange change, CancellationToken cancellationToken = default) =>
        inner.TransitionAsync(selector, guard, change, cancellationToken);

    public ValueTask<ImmutableArray<StoredSession?>> TouchAsync(
        ImmutableArray<SignOfLife> signs, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        inner.TouchAsync(signs, now, cancellationToken);

    public ValueTask<ImmutableArray<Session>> ListAsync(SessionQuery query, CancellationToken cancellationToken = default) =>
        inner.ListAsync(query, cancellationToken);

    public ValueTask<ImmutableArray<Session>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        inner.FindOverdueAsync(now, limit, cancellationToken);

    public ValueTask<ImmutableArray<Session>> FindAlarmsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        inner.FindAlarmsAsync(now, limit, cancellationToken);

    public ValueTask<ImmutableArray<Session>> FindSilentAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        inner.FindSilentAsync(now, limit, cancellationToken);

    public ValueTask<ImmutableArray<Session>> FindGuestsOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        inner.FindGuestsOverdueAsync(now, limit, cancellationToken);

    public ValueTask<ImmutableArray<Session>> FindOpenOfAsync(string tenant, string technician, CancellationToken cancellationToken = default) =>
        inner.FindOpenOfAsync(tenant, technician, cancellationToken);

    public ValueTask<TechnicianPresence> FindPresenceAsync(string tenant, string technician, CancellationToken cancellationToken = default) =>
        inner.FindPresenceAsync(tenant, technician, cancellationToken);

    public ValueTask SetPresenceAsync(
        string tenant, TechnicianReference technician, TechnicianPresence presence, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        inner.SetPresenceAsync(tenant, technician, presence, at, cancellationToken);

    public ValueTask NoteTechnicianAsync(string tenant, TechnicianReference technician, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        inner.NoteTechnicianAsync(tenant, technician, at, cancellationToken);

    public ValueTask<ImmutableArray<StoredTechnician>> FindTechniciansAsync(
        string tenant, ImmutableArray<string> ids, CancellationToken cancellationToken = default) => inner.FindTechniciansAsync(tenant, ids, cancellationToken);

    public ValueTask<ImmutableArray<StoredTechnician>> ListTechniciansAsync(
        string tenant, DateTimeOffset seenSince, int limit, CancellationToken cancellationToken = default) =>
        inner.ListTechniciansAsync(tenant, seenSince, limit, cancellationToken);

    public ValueTask ForgetTechniciansAsync(DateTimeOffset seenBefore, CancellationToken cancellationToken = default) =>
        inner.ForgetTechniciansAsync(seenBefore, cancellationToken);

    public ValueTask EraseTechnicianAsync(string tenant, string technician, CancellationToken cancellationToken = default) =>
        inner.EraseTechnicianAsync(tenant, technician, cancellationToken);

    public ValueTask<bool> TryLeaseAsync(string work, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        inner.TryLeaseAsync(work, holder, now, until, cancellationToken);

    public ValueTask<SessionEventPage> ReadEventsAsync(SessionEventQuery query, CancellationToken cancellationToken = default) =>
        inner.ReadEventsAsync(query, cancellationToken);

    public ValueTask<SessionFeedPage> ReadFeedAsync(SessionEventQuery query, CancellationToken cancellationToken = default) =>
        inner.ReadFeedAsync(query, cancellationToken);

    public ValueTask<long> ReadLatestSequenceAsync(CancellationToken cancellationToken = default) => inner.ReadLatestSequenceAsync(cancellationToken);

    public Task WaitForEventsAsync(long after, CancellationToken cancellationToken = default) => inner.WaitForEventsAsync(after, cancellationToken);

    public virtual ValueTask<ImmutableArray<OutboxClaim>> ClaimAsync(
        DateTimeOffset now, DateTimeOffset leaseUntil, int limit, DateTimeOffset? horizon = null, CancellationToken cancellationToken = default) =>
        inner.ClaimAsync(now, leaseUntil, limit, horizon, cancellationToken);

    public virtual ValueTask<ImmutableArray<OutboxBegin>> BeginAsync(
        ImmutableArray<OutboxClaim> claims, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        inner.BeginAsync(claims, now, cancellationToken);

    public virtual ValueTask<ImmutableArray<bool>> RenewAsync(
        ImmutableArray<OutboxClaim> claims, DateTimeOffset leaseUntil, CancellationToken cancellationToken = default) =>
        inner.RenewAsync(claims, leaseUntil, cancellationToken);

    public virtual ValueTask<ImmutableArray<bool>> CompleteAsync(ImmutableArray<OutboxResult> results, CancellationToken cancellationToken = default) =>
        inner.CompleteAsync(results, cancellationToken);

    public ValueTask<DateTimeOffset?> FindOldestMessageAsync(CancellationToken cancellationToken = default) => inner.FindOldestMessageAsync(cancellationToken);

    public ValueTask<int> EraseAsync(SessionErasure erasure, CancellationToken cancellationToken = default) =>
        inner.EraseAsync(erasure, cancellationToken);
}
