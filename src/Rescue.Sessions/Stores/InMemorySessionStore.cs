using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Presence;

namespace Rescue.Sessions.Stores;

/// <summary>
/// Keeps everything in memory: for trials, tests and products that may lose their open sessions at a restart. Safe for parallel use.
/// </summary>
/// <remarks>One lock guards all of it and is held for a few dictionary steps, never across a wait.</remarks>
public sealed class InMemorySessionStore : ISessionStore
{
    // How many events of other tenants are passed over while the lock is held; the reader comes back for the rest.
    private const int Scan = 1_000;

    private readonly Lock gate = new();
    private readonly HashSet<InMemorySession> sessions = new(new InMemoryIds());
    private readonly InMemoryTenants tenants = new();
    private readonly InMemoryCodeIndex livePins = new(stored => stored.PinHash, stored => stored.PinHashes);
    private readonly InMemoryCodeIndex formerPins = new(stored => stored.PinHash, stored => stored.PinHashes);
    private readonly InMemoryCodeIndex tokens = new(stored => stored.TokenHash, stored => stored.TokenHashes);
    private readonly Dictionary<(string Tenant, string Technician, string Key), InMemorySession> idempotencyKeys = [];
    private readonly InMemorySchedule schedule;
    private readonly InMemoryHoldings holdings = new();
    private readonly InMemoryTechnicians technicians = new();
    private readonly InMemoryRequests requests = new();
    private readonly InMemoryLeases leases = new();
    private readonly InMemoryGuests guests = new();
    private readonly InMemoryEventLog events = new();
    private readonly InMemoryOutbox outbox = new();

    /// <summary>An empty store.</summary>
    public InMemorySessionStore() => schedule = new(sessions.Contains);

    /// <summary>Told of each session that is erased, so that what is kept beside it goes too.</summary>
    internal Action<SessionId>? Erased { get; set; }

    /// <inheritdoc/>
    public bool IsDurable => false;

    /// <inheritdoc/>
    public ValueTask<SessionCreationResult> CreateAsync(SessionCreation creation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(creation);
        var session = creation.Session.Session;
        lock (gate)
        {
            (string, string, string)? key = creation.IdempotencyKey is null ? null : (session.Tenant, session.CreatedBy!.Id, creation.IdempotencyKey);
            if (key is { } used && idempotencyKeys.TryGetValue(used, out var earlier))
                return new(new SessionCreationResult(SessionCreationOutcome.Repeated, earlier.Stored, livePins.Count));
            if (creation.Request is { } same && requests.Find(same.Hash, session.CreatedAt) is { } made && sessions.Contains(made))
                return new(new SessionCreationResult(SessionCreationOutcome.Repeated, made.Stored, livePins.Count));
            if (livePins.Find(creation.Session.PinHashes) is not null)
                return new(new SessionCreationResult(SessionCreationOutcome.PinTaken, null, livePins.Count));
            var entry = new InMemorySession(creation.Session, creation.IdempotencyKey);
            sessions.Add(entry);
            tenants.Add(entry);
            livePins.Add(entry);
            tokens.Add(entry);
            if (key is { } fresh)
                idempotencyKeys.Add(fresh, entry);
            if (creation.Request is { } request)
                requests.Add(request, entry, session.CreatedAt);
            schedule.Add(entry);
            Record(entry, creation.Event);
            outbox.Add(creation.Messages);
            return new(new SessionCreationResult(SessionCreationOutcome.Created, entry.Stored, livePins.Count));
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredSession?> FindAsync(SessionSelector selector, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selector);
        lock (gate)
            return new(Find(selector)?.Stored);
    }

    /// <inheritdoc/>
    public ValueTask<TransitionResult> TransitionAsync(
        SessionSelector selector, SessionGuard guard, SessionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentNullException.ThrowIfNull(guard);
        ArgumentNullException.ThrowIfNull(change);
        lock (gate)
        {
            if (Find(selector) is not { } entry)
                return new(new TransitionResult(false, null));
            var permitted = change.IsPermittedIn(entry.Stored.Session.Status, out _) && guard.Allows(entry.Stored, change);
            if (permitted && holdings.IsAtCapacity(entry.Stored.Session, guard, change))
                return new(new TransitionResult(false, entry.Stored, AtCapacity: true));
            if (permitted)
                Apply(entry, change);
            return new(new TransitionResult(permitted, entry.Stored));
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredHistory?> FindHistoryAsync(SessionId id, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(TryFind(id, out var entry) ? new StoredHistory(entry.Stored, HistoryOf(id)) : null);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredSession?>> TouchAsync(
        ImmutableArray<SignOfLife> signs, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new([.. signs.Select(sign => Touch(sign, now))]);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Session>> ListAsync(SessionQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var normal = InMemorySearch.Normal(query);
        lock (gate)
            return new(tenants.List(normal));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Session>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(schedule.FindOverdue(now, limit));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Session>> FindAlarmsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(schedule.FindAlarms(now, limit));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Session>> FindSilentAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(schedule.FindSilent(now, limit));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Session>> FindGuestsOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(guests.FindOverdue(now, limit));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Session>> FindOpenOfAsync(string tenant, string technician, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(tenants.FindOpenOf(tenant, technician));
    }

    /// <inheritdoc/>
    public ValueTask<TechnicianPresence> FindPresenceAsync(string tenant, string technician, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(technicians.Find(tenant, technician).Presence);
    }

    /// <inheritdoc/>
    public ValueTask SetPresenceAsync(
        string tenant, TechnicianReference technician, TechnicianPresence presence, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        lock (gate)
            technicians.Set(tenant, technician, presence, at);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask NoteTechnicianAsync(string tenant, TechnicianReference technician, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        lock (gate)
            technicians.Note(tenant, technician, at);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredTechnician>> FindTechniciansAsync(
        string tenant, ImmutableArray<string> ids, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new([.. ids.Select(id => WithSessions(tenant, technicians.Find(tenant, id)))]);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredTechnician>> ListTechniciansAsync(
        string tenant, DateTimeOffset seenSince, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new([.. technicians.SeenSince(tenant, seenSince, limit).Select(seen => WithSessions(tenant, seen))]);
    }

    /// <inheritdoc/>
    public ValueTask ForgetTechniciansAsync(DateTimeOffset seenBefore, CancellationToken cancellationToken = default)
    {
        lock (gate)
            technicians.Forget(seenBefore);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask EraseTechnicianAsync(string tenant, string technician, CancellationToken cancellationToken = default)
    {
        lock (gate)
            technicians.Erase(tenant, technician);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryLeaseAsync(string work, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(leases.TryTake(work, new(holder, until), now));
    }

    /// <inheritdoc/>
    public ValueTask<SessionEventPage> ReadEventsAsync(SessionEventQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (gate)
            return new(query.Session is { } id ? events.Page(HistoryOf(id), query) : events.Read(query, int.MaxValue));
    }

    /// <inheritdoc/>
    public ValueTask<SessionFeedPage> ReadFeedAsync(SessionEventQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (gate)
        {
            var page = query.Session is { } id ? events.Page(HistoryOf(id), query) : events.Read(query, Scan);
            return new(new SessionFeedPage(
                [.. page.Events.Select(e => new SessionFeedEntry(e, TryFind(e.Session, out var entry) ? entry.Stored : null))], page.Cursor));
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> ReadLatestSequenceAsync(CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(events.Latest);
    }

    /// <inheritdoc/>
    public Task WaitForEventsAsync(long after, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return events.WaitAsync(after, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<OutboxClaim>> ClaimAsync(
        DateTimeOffset now, DateTimeOffset leaseUntil, int limit, DateTimeOffset? horizon = null, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(outbox.Claim(now, leaseUntil, limit, horizon));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<OutboxBegin>> BeginAsync(
        ImmutableArray<OutboxClaim> claims, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new([.. claims.Select(claim => outbox.Begin(claim, now, TryFind(claim.Message.Session, out var entry) && entry.Stored.Session.IsCodeLive(now)))]);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<bool>> RenewAsync(
        ImmutableArray<OutboxClaim> claims, DateTimeOffset leaseUntil, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new([.. claims.Select(claim => outbox.Renew(claim, leaseUntil))]);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<bool>> CompleteAsync(ImmutableArray<OutboxResult> results, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new([.. results.Select(Complete)]);
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> FindOldestMessageAsync(CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(outbox.Oldest());
    }

    /// <inheritdoc/>
    public ValueTask<int> EraseAsync(SessionErasure erasure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        lock (gate)
        {
            var erased = erasure is { Tenant: null, Customer: null } ? schedule.TakeEnded(erasure.EndedBefore, erasure.Limit) : tenants.FindErasable(erasure);
            foreach (var entry in erased)
            {
                Erase(entry);
                Erased?.Invoke(entry.Stored.Session.Id);
            }

            schedule.ForgetErased(sessions.Count);
            return new(erased.Count);
        }
    }

    /// <summary>Does something while no session comes or goes.</summary>
    /// <param name="work">What to do; told of a session whether it is here. It must not ask the store.</param>
    internal void AmongPresent(Action<Func<SessionId, bool>> work)
    {
        lock (gate)
            work(id => TryFind(id, out _));
    }

    private StoredTechnician WithSessions(string tenant, StoredTechnician technician) => technician with
    {
        Active = holdings.CountOf(tenant, technician.Id),
        HasSessions = tenants.HasSessions(tenant, technician.Id),
    };

    private StoredSession? Touch(SignOfLife sign, DateTimeOffset now)
    {
        if (!TryFind(sign.Session, out var entry) || entry.Stored.AppletKey is not { } key || !sign.AppletKey.Contains(key))
            return null;
        var session = entry.Stored.Session;
        if (session.Status != SessionStatus.Closed && !((now - session.LastSeenAt)?.Duration() < session.Timeouts.TouchInterval))
            entry.Stored = entry.Stored with { Session = session with { LastSeenAt = now } };
        return entry.Stored;
    }

    private bool Complete(OutboxResult result)
    {
        if (!outbox.Complete(result))
            return false;
        if (result.Change is { } change && TryFind(result.Claim.Message.Session, out var entry) && change.IsPermittedIn(entry.Stored.Session))
            Apply(entry, change);
        return true;
    }

    private InMemorySession? Find(SessionSelector selector)
    {
        if (selector.Id is { } id)
            return TryFind(id, out var named) ? named : null;
        if (selector.Idempotency is { } key)
            return idempotencyKeys.GetValueOrDefault((key.Tenant, key.Technician, key.Key));
        if (selector.Request is { } request)
            return requests.Find(request, selector.RepeatedAt) is { } made && sessions.Contains(made) ? made : null;
        if (!selector.Token.IsEmpty)
            return tokens.Find(selector.Token);
        if (!selector.Guest.IsEmpty)
            return guests.Find(selector.Guest);
        var live = livePins.Find(selector.Pin);
        if (selector.LiveAt is not null)
            return live is not null && selector.Allows(live.Stored) ? live : null;
        return live ?? formerPins.Find(selector.Pin);
    }

    private bool TryFind(SessionId id, [NotNullWhen(true)] out InMemorySession? entry) => sessions.GetAlternateLookup<SessionId>().TryGetValue(id, out entry);

    private void Apply(InMemorySession entry, SessionChange change)
    {
        var (before, proofs) = (entry.Stored.Session, entry.Stored.GuestHashes.ToArray());
        (entry.Stored, var happened) = change.Apply(entry.Stored);
        Record(entry, happened);
        if (change.CancelsMessages)
            outbox.Erase(entry.Stored.Session.Id);
        outbox.Add(change.Messages);
        holdings.Move(before, entry.Stored.Session);
        if (change.Guest?.Proof is not null)
            guests.Replace(entry, proofs);
        schedule.Move(entry, before);
        if (entry.Stored.Session.Status == SessionStatus.Closed && before.Status != SessionStatus.Closed)
            Retire(entry);
    }

    private void Retire(InMemorySession entry)
    {
        livePins.Remove(entry);
        formerPins.Add(entry);
    }

    private void Erase(InMemorySession entry)
    {
        var session = entry.Stored.Session;
        sessions.Remove(entry);
        tenants.Remove(entry);
        formerPins.Remove(entry);
        tokens.Remove(entry);
        guests.Remove(entry);
        if (entry.IdempotencyKey is { } key)
            idempotencyKeys.Remove((session.Tenant, session.CreatedBy!.Id, key));
        outbox.Erase(session.Id);
        events.Erase(entry.History);
    }

    private ImmutableArray<SessionEvent> HistoryOf(SessionId id) => TryFind(id, out var entry) ? entry.History : [];

    private void Record(InMemorySession entry, SessionEvent happened) => entry.Add(events.Append(happened));
}
