using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Normalization;
using Rescue.Sessions.Presence;

namespace Rescue.Sessions.Stores;

/// <summary>
/// Keeps everything in memory: for trials, tests and products that may lose their open sessions at a restart. Safe for parallel use.
/// </summary>
/// <remarks>One lock guards all of it and is held for a few dictionary steps, never across a wait.</remarks>
public sealed class InMemorySessionStore : ISessionStore
{
    private const int FewQueued = 1_000;

    // How many events of other tenants are passed over while the lock is held; the reader comes back for the rest.
    private const int Scan = 1_000;

    private readonly Lock gate = new();
    private readonly HashSet<InMemorySession> sessions = new(new InMemoryIds());
    private readonly Dictionary<string, List<InMemorySession>> byTenant = new(StringComparer.Ordinal);
    private readonly InMemoryCodeIndex livePins = new(stored => stored.PinHash, stored => stored.PinHashes);
    private readonly InMemoryCodeIndex formerPins = new(stored => stored.PinHash, stored => stored.PinHashes);
    private readonly InMemoryCodeIndex tokens = new(stored => stored.TokenHash, stored => stored.TokenHashes);
    private readonly Dictionary<(string Tenant, string Technician, string Key), InMemorySession> idempotencyKeys = [];
    private readonly PriorityQueue<InMemorySession, long> deadlines = new();
    private readonly PriorityQueue<InMemorySession, long> alarms = new();
    private readonly PriorityQueue<InMemorySession, long> ended = new();
    private readonly Dictionary<(string Tenant, string Technician), int> held = [];
    private readonly InMemoryTechnicians technicians = new();
    private readonly InMemoryRequests requests = new();
    private readonly Dictionary<string, (string Holder, DateTimeOffset Until)> leases = new(StringComparer.Ordinal);
    private readonly HashSet<InMemorySession> listened = [];
    private readonly Dictionary<KeyedHash, InMemorySession> guests = [];
    private readonly InMemoryEventLog events = new();
    private readonly InMemoryOutbox outbox = new();

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
            ref var tenant = ref CollectionsMarshal.GetValueRefOrAddDefault(byTenant, session.Tenant, out _);
            Insert(tenant ??= [], entry);
            livePins.Add(entry);
            tokens.Add(entry);
            if (key is { } fresh)
                idempotencyKeys.Add(fresh, entry);
            if (creation.Request is { } request)
                requests.Add(request, entry, session.CreatedAt);
            Schedule(entry);
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
            if (permitted && IsAtCapacity(entry, guard, change))
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
        query = query with
        {
            Customer = query.Customer is null ? null : NormalForm.ForCustomer(query.Customer),
            Search = query.Search is null ? null : NormalForm.ForSearch(query.Search),
        };
        var page = ImmutableArray.CreateBuilder<Session>();
        lock (gate)
        {
            if (!byTenant.TryGetValue(query.Tenant, out var all))
                return new(ImmutableArray<Session>.Empty);
            var first = query.After is { } after ? IndexAtOrAfter(all, after) : all.Count;
            for (var i = first - 1; i >= 0 && page.Count < query.Limit; i--)
            {
                var session = all[i].Stored.Session;
                if (Matches(session, query))
                    page.Add(session);
            }
        }

        return new(page.ToImmutable());
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Session>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(Due(deadlines, session => session.Deadline?.At, now, limit));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Session>> FindAlarmsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(Due(alarms, session => session.Alarm?.At, now, limit));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Session>> FindSilentAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return new(
            [
                .. listened.Select(entry => entry.Stored.Session)
                    .Where(session => session.LastSeenAt + session.Timeouts.Silence <= now)
                    .OrderBy(session => session.LastSeenAt)
                    .Take(limit),
            ]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Session>> FindGuestsOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new([.. guests.Values.Distinct().Select(entry => entry.Stored.Session).Where(session => session.HasOverdueGuest(now)).Take(limit)]);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Session>> FindOpenOfAsync(string tenant, string technician, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            var all = byTenant.GetValueOrDefault(tenant) ?? [];
            return new(
            [
                .. all.Select(entry => entry.Stored.Session)
                    .Where(session => session.Status != SessionStatus.Closed && session.BelongsTo(technician)),
            ]);
        }
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
        {
            if (leases.TryGetValue(work, out var lease) && lease.Holder != holder && lease.Until > now)
                return new(false);
            leases[work] = (holder, until);
            return new(true);
        }
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
    public ValueTask<ImmutableArray<OutboxClaim>> ClaimAsync(OutboxClaimRequest request, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(outbox.Claim(request));
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
            var erased = erasure is { Tenant: null, Customer: null } ? EndedBefore(erasure) : FindErasable(erasure);
            foreach (var entry in erased)
            {
                Erase(entry);
                Erased?.Invoke(entry.Stored.Session.Id);
            }

            ForgetErased(deadlines, session => session.Deadline?.At);
            ForgetErased(alarms, session => session.Alarm?.At);
            return new(erased.Count);
        }
    }

    private StoredTechnician WithSessions(string tenant, StoredTechnician technician) => technician with
    {
        Active = held.GetValueOrDefault((tenant, technician.Id)),
        HasSessions = byTenant.GetValueOrDefault(tenant)?.Exists(entry => entry.Stored.Session.BelongsTo(technician.Id)) == true,
    };

    private StoredSession? Touch(SignOfLife sign, DateTimeOffset now)
    {
        if (!TryFind(sign.Session, out var entry) || entry.Stored.AppletKey is not { } key || !sign.AppletKey.Contains(key))
            return null;
        var session = entry.Stored.Session;
        if (session.Status != SessionStatus.Closed && !(now - session.LastSeenAt < session.Timeouts.TouchInterval))
            entry.Stored = entry.Stored with { Session = session with { LastSeenAt = now } };
        return entry.Stored;
    }

    private List<InMemorySession> EndedBefore(SessionErasure erasure)
    {
        var found = new List<InMemorySession>();
        while (found.Count < erasure.Limit && ended.TryPeek(out var entry, out var at) && at < erasure.EndedBefore.UtcTicks)
        {
            ended.Dequeue();
            // Its tenant may have had it erased before.
            if (sessions.Contains(entry))
                found.Add(entry);
        }

        return found;
    }

    private List<InMemorySession> FindErasable(SessionErasure erasure)
    {
        var searched = erasure.Tenant is { } tenant ? byTenant.GetValueOrDefault(tenant) ?? [] : byTenant.Values.SelectMany(all => all);
        var customer = erasure.Customer is null ? null : NormalForm.ForCustomer(erasure.Customer);
        return [.. searched.Where(entry => IsErasable(entry.Stored.Session, erasure.EndedBefore, customer)).Take(erasure.Limit)];
    }

    // A queue is not searched when a session leaves it; once half of it is of the past it is made anew.
    private void ForgetErased(PriorityQueue<InMemorySession, long> queue, Func<Session, DateTimeOffset?> dueAt)
    {
        if (queue.Count <= (2 * sessions.Count) + FewQueued)
            return;
        var present = queue.UnorderedItems
            .Where(item => sessions.Contains(item.Element) && dueAt(item.Element.Stored.Session)?.UtcTicks == item.Priority).Distinct().ToArray();
        queue.Clear();
        queue.EnqueueRange(present);
        queue.TrimExcess();
    }

    private bool Complete(OutboxResult result)
    {
        if (!outbox.Complete(result.Claim, result.Completion))
            return false;
        if (result.Change is { } change && TryFind(result.Claim.Message.Session, out var entry) && change.IsPermittedIn(entry.Stored.Session))
            Apply(entry, change);
        return true;
    }

    private static bool IsErasable(Session session, DateTimeOffset endedBefore, string? customer) =>
        session.Status == SessionStatus.Closed
        && session.StatusSince < endedBefore
        && (customer is null || IsOf(session, customer));

    private static bool IsOf(Session session, string customer) =>
        NormalForm.ForCustomer(session.CustomerName) == customer
        || (session.CustomerAddress is { } to && NormalForm.ForCustomer(to) == customer);

    private static bool Matches(Session session, SessionQuery query) =>
        (query.Statuses.Count == 0 || query.Statuses.Contains(session.Status))
        && (query.Technician is not { } technician || session.Concerns(technician))
        && (query.Customer is not { } customer || IsOf(session, customer))
        && (query.Search is not { Length: > 0 } search || Holds(session.CustomerName, search) || Holds(session.Reference, search) || Holds(session.Request?.Topic, search));

    private static bool Holds(string? text, string search) => text is not null && NormalForm.ForSearch(text).Contains(search, StringComparison.Ordinal);

    // Ids made in one millisecond, or by another clock, do not come in order.
    private static void Insert(List<InMemorySession> ordered, InMemorySession entry) => ordered.Insert(IndexAtOrAfter(ordered, entry.Stored.Session.Id), entry);

    private static int IndexAtOrAfter(List<InMemorySession> ordered, SessionId id)
    {
        var (low, high) = (0, ordered.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ordered[middle].Stored.Session.Id < id)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
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
            return selector.Guest.Select(hash => guests.GetValueOrDefault(hash)).FirstOrDefault(found => found is not null);
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
        Count(before, -1);
        Count(entry.Stored.Session, 1);
        if (change.Guest?.Proof is not null)
            Index(entry, proofs);
        if (IsListenedTo(entry.Stored.Session.Status))
            listened.Add(entry);
        else
            listened.Remove(entry);
        if (entry.Stored.Session.Deadline != before.Deadline || entry.Stored.Session.Alarm != before.Alarm)
            Schedule(entry);
        if (entry.Stored.Session.Status == SessionStatus.Closed && before.Status != SessionStatus.Closed)
            Retire(entry);
    }

    private void Index(InMemorySession entry, KeyedHash[] former)
    {
        foreach (var hash in former)
            guests.Remove(hash);
        foreach (var hash in entry.Stored.GuestHashes)
            guests[hash] = entry;
    }

    // A limit that spans sessions is checked and counted under the lock that writes them.
    private bool IsAtCapacity(InMemorySession entry, SessionGuard guard, SessionChange change)
    {
        var session = entry.Stored.Session;
        if (guard.Capacity is not { } most || change.Owner is not { } owner || (IsHeld(session) && session.Owner!.Id == owner.Id))
            return false;
        return held.GetValueOrDefault((session.Tenant, owner.Id)) >= most;
    }

    private void Count(Session session, int by)
    {
        if (IsHeld(session))
            CollectionsMarshal.GetValueRefOrAddDefault(held, (session.Tenant, session.Owner!.Id), out _) += by;
    }

    private static bool IsHeld(Session session) =>
        session.Owner is not null && session.Status is not (SessionStatus.OnHold or SessionStatus.Closed);

    private static bool IsListenedTo(SessionStatus status) =>
        status is SessionStatus.Waiting or SessionStatus.Active or SessionStatus.Transferring;

    private void Retire(InMemorySession entry)
    {
        livePins.Remove(entry);
        formerPins.Add(entry);
        ended.Enqueue(entry, entry.Stored.Session.StatusSince.UtcTicks);
    }

    private void Erase(InMemorySession entry)
    {
        var session = entry.Stored.Session;
        sessions.Remove(entry);
        var ofTenant = byTenant[session.Tenant];
        ofTenant.RemoveAt(IndexAtOrAfter(ofTenant, session.Id));
        formerPins.Remove(entry);
        tokens.Remove(entry);
        foreach (var hash in entry.Stored.GuestHashes)
            guests.Remove(hash);
        if (entry.IdempotencyKey is { } key)
            idempotencyKeys.Remove((session.Tenant, session.CreatedBy!.Id, key));
        outbox.Erase(session.Id);
        events.Erase(entry.History);
    }

    private void Schedule(InMemorySession entry)
    {
        if (entry.Stored.Session.Deadline is { } deadline)
            deadlines.Enqueue(entry, deadline.At.UtcTicks);
        if (entry.Stored.Session.Alarm is { } alarm)
            alarms.Enqueue(entry, alarm.At.UtcTicks);
    }

    private static ImmutableArray<Session> Due(
        PriorityQueue<InMemorySession, long> queue, Func<Session, DateTimeOffset?> dueAt, DateTimeOffset now, int limit)
    {
        var due = new List<(InMemorySession Entry, long At)>();
        while (due.Count < limit && queue.TryPeek(out var entry, out var at) && at <= now.UtcTicks)
        {
            queue.Dequeue();
            // The queue is not searched when a time changes; what it says is checked here.
            if (dueAt(entry.Stored.Session)?.UtcTicks == at && !due.Contains((entry, at)))
                due.Add((entry, at));
        }

        // A caller that fails must find them again.
        foreach (var (entry, at) in due)
            queue.Enqueue(entry, at);
        return [.. due.Select(found => found.Entry.Stored.Session)];
    }

    private ImmutableArray<SessionEvent> HistoryOf(SessionId id) => TryFind(id, out var entry) ? entry.History : [];

    private void Record(InMemorySession entry, SessionEvent happened) => entry.Add(events.Append(happened));
}
