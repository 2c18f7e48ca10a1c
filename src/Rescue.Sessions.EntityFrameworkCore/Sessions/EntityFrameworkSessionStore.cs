using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Model;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Normalization;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>
/// Sessions in a database. A change reads its session under a lock, asks the shared meaning of guards and changes, and writes all of it with the
/// commit; so there is no second copy of the rules, and of two changes at once the second sees the first. Thread-safe.
/// </summary>
internal sealed class EntityFrameworkSessionStore(Database database, EventWatch events, LiveCodeCount liveCodes, UnreadableLog unreadable)
    : ISessionStore, IDisposable
{
    private const int MostMovedOn = 500;
    private const int GuestPage = 200;

    private readonly OutboxTable outbox = new(database);
    private readonly HeartbeatTable heartbeats = new(database);
    private readonly LeaseTable leases = new(database);
    private readonly TechnicianTable technicians = new(database);
    private readonly SearchPlanner search = new(database);

    // SQLite works on its caller's thread: searches take turns, so that many at once leave room for everything else.
    private readonly SemaphoreSlim searching = new(database.HasOneWriter ? 1 : int.MaxValue);

    public bool IsDurable => true;

    public async ValueTask<SessionCreationResult> CreateAsync(SessionCreation creation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(creation);
        // In the host's transaction too one looks first, for a refused row would end it.
        if (database.HasOneWriter || HostTransaction.Current is not null)
            return await CreateAloneAsync(creation, cancellationToken).ConfigureAwait(false);
        try
        {
            return await database.WriteAsync((work, cancellation) => CreateAsync(work, creation, cancellation), cancellationToken).ConfigureAwait(false);
        }
        catch (SessionStoreException failure) when (StoreFailure.IsDuplicate(failure))
        {
            // What was in the way may have ended since; then there is room now. If there is not, it was something else than a PIN, and a failure.
            return await CreateAloneAsync(creation, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<StoredSession?> FindAsync(SessionSelector selector, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Meant(selector, await database.ReadAsync(SessionSql.Select(selector, null, database.ByLivePin), SessionSql.Read, cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask<StoredHistory?> FindHistoryAsync(SessionId id, CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(HistoryRow.Select(id), HistoryRow.Read, cancellationToken).ConfigureAwait(false);
        return rows is [{ Session: { } session }, ..]
            ? new(Noted(session), [.. rows.Skip(1).Select(row => events.Event(row.Sequence, row.Event!)).OfType<SessionEvent>()])
            : null;
    }

    public async ValueTask<TransitionResult> TransitionAsync(
        SessionSelector selector, SessionGuard guard, SessionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentNullException.ThrowIfNull(guard);
        ArgumentNullException.ThrowIfNull(change);
        return await database.WriteAsync((work, cancellation) => TransitionAsync(work, selector, guard, change, cancellation), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask<ImmutableArray<StoredSession?>> TouchAsync(
        ImmutableArray<SignOfLife> signs, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        if (signs.IsEmpty)
            return [];
        SessionId[] ids = [.. signs.Select(sign => sign.Session).Distinct()];
        var found = (await database.ReadAsync(SessionSql.Select(ids), SessionSql.Read, cancellationToken).ConfigureAwait(false))
            .ToDictionary(stored => stored.Session.Id, Noted);
        var heard = new Dictionary<SessionId, StoredSession>();
        foreach (var sign in signs)
        {
            if (Proven(found, sign) is { Session: var session } stored
                && session.Status != SessionStatus.Closed && !((now - session.LastSeenAt)?.Duration() < session.Timeouts.TouchInterval))
            {
                heard[session.Id] = stored with { Session = session with { LastSeenAt = now } };
            }
        }

        var ahead = heard.Values.ToLookup(stored => found[stored.Session.Id].Session.LastSeenAt > now, stored => (SessionSql.Key(stored.Session.Id), stored.AppletKey!.Value.ToByteArray()));
        if (ahead[false].Any())
            await heartbeats.NoteAsync([.. ahead[false]], now.UtcTicks, cancellationToken).ConfigureAwait(false);
        if (ahead[true].Any())
            await heartbeats.SetBackAsync([.. ahead[true]], now.UtcTicks, cancellationToken).ConfigureAwait(false);

        return [.. signs.Select(sign => Proven(found, sign) is { } stored ? heard.GetValueOrDefault(sign.Session, stored) : null)];
    }

    public async ValueTask<ImmutableArray<Session>> ListAsync(SessionQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        // The forms may be shorter than what was typed, and how they are searched for depends on that.
        query = query with
        {
            Reference = query.Reference is null ? null : NormalForm.ForSearch(query.Reference),
            Search = query.Search is null ? null : NormalForm.ForSearch(query.Search),
        };
        var plan = await search.ChooseAsync(query, cancellationToken).ConfigureAwait(false);
        var statement = SearchSql.Select(query, plan);
        if (string.IsNullOrEmpty(query.Search) && string.IsNullOrEmpty(query.Reference))
            return await SessionsAsync(statement, cancellationToken).ConfigureAwait(false);
        await searching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await SessionsAsync(statement, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            searching.Release();
        }
    }

    public ValueTask<ImmutableArray<Session>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        DueAsync("deadline_at", now, limit, cancellationToken);

    public ValueTask<ImmutableArray<Session>> FindAlarmsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        DueAsync("alarm_at", now, limit, cancellationToken);

    public async ValueTask<ImmutableArray<Session>> FindSilentAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        while (await heartbeats.MoveOnAsync(now.UtcTicks, MostMovedOn, cancellationToken).ConfigureAwait(false) == MostMovedOn)
        {
            // The rest follows, in steps that hold nobody up.
        }

        return await DueAsync("silent_at", now, limit, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ImmutableArray<Session>> FindGuestsOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var ids = await database.ReadAsync(
            SessionSql.SelectWithGuests(), row => new SessionId(new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true)), cancellationToken).ConfigureAwait(false);
        var found = ImmutableArray.CreateBuilder<Session>();
        foreach (var group in ids.Distinct().Chunk(GuestPage))
        {
            var sessions = await SessionsAsync(SessionSql.Select(group), cancellationToken).ConfigureAwait(false);
            found.AddRange(sessions.Where(session => session.HasOverdueGuest(now)).Take(limit - found.Count));
            if (found.Count == limit)
                break;
        }

        return found.ToImmutable();
    }

    public async ValueTask<ImmutableArray<Session>> FindOpenOfAsync(string tenant, string technician, CancellationToken cancellationToken = default) =>
        Readable(await SessionsAsync(
            new(
                $"SELECT {SessionSql.Columns} FROM rescue_session s WHERE s.tenant = @tenant AND s.belongs_to = @technician AND s.ended_at IS NULL ORDER BY s.id",
                ("tenant", tenant), ("technician", technician)),
            cancellationToken).ConfigureAwait(false));

    public ValueTask<TechnicianPresence> FindPresenceAsync(string tenant, string technician, CancellationToken cancellationToken = default) =>
        technicians.FindPresenceAsync(tenant, technician, cancellationToken);

    public ValueTask SetPresenceAsync(
        string tenant, TechnicianReference technician, TechnicianPresence presence, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        technicians.SetAsync(tenant, technician, presence, at, cancellationToken);

    public ValueTask NoteTechnicianAsync(string tenant, TechnicianReference technician, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        technicians.NoteAsync(tenant, technician, at, cancellationToken);

    public ValueTask<ImmutableArray<StoredTechnician>> FindTechniciansAsync(
        string tenant, ImmutableArray<string> ids, CancellationToken cancellationToken = default) => technicians.FindAsync(tenant, ids, cancellationToken);

    public ValueTask<ImmutableArray<StoredTechnician>> ListTechniciansAsync(
        string tenant, DateTimeOffset seenSince, int limit, CancellationToken cancellationToken = default) =>
        technicians.ListAsync(tenant, seenSince, limit, cancellationToken);

    public ValueTask ForgetTechniciansAsync(DateTimeOffset seenBefore, CancellationToken cancellationToken = default) =>
        technicians.ForgetAsync(seenBefore, cancellationToken);

    public ValueTask EraseTechnicianAsync(string tenant, string technician, CancellationToken cancellationToken = default) =>
        technicians.EraseAsync(tenant, technician, cancellationToken);

    public ValueTask<bool> TryLeaseAsync(string work, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        leases.TryTakeAsync(work, holder, now, until, cancellationToken);

    public ValueTask<SessionEventPage> ReadEventsAsync(SessionEventQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return events.ReadAsync(query, cancellationToken);
    }

    public ValueTask<SessionFeedPage> ReadFeedAsync(SessionEventQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return events.ReadFeedAsync(query, cancellationToken);
    }

    public ValueTask<long> ReadLatestSequenceAsync(CancellationToken cancellationToken = default) => events.ReadLatestAsync(cancellationToken);

    public Task WaitForEventsAsync(long after, CancellationToken cancellationToken = default) => events.WaitAsync(cancellationToken);

    public ValueTask<ImmutableArray<OutboxClaim>> ClaimAsync(
        DateTimeOffset now, DateTimeOffset leaseUntil, int limit, DateTimeOffset? horizon = null, CancellationToken cancellationToken = default) =>
        outbox.ClaimAsync(now, leaseUntil, limit, horizon, cancellationToken);

    public ValueTask<ImmutableArray<OutboxBegin>> BeginAsync(
        ImmutableArray<OutboxClaim> claims, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        outbox.BeginAsync(claims, now, cancellationToken);

    public ValueTask<ImmutableArray<bool>> RenewAsync(
        ImmutableArray<OutboxClaim> claims, DateTimeOffset leaseUntil, CancellationToken cancellationToken = default) =>
        outbox.RenewAsync(claims, leaseUntil, cancellationToken);

    public async ValueTask<ImmutableArray<bool>> CompleteAsync(ImmutableArray<OutboxResult> results, CancellationToken cancellationToken = default)
    {
        var (held, changes) = await database.WriteAsync((work, cancellation) => CompleteAsync(work, results, cancellation), cancellationToken)
            .ConfigureAwait(false);
        if (changes > 0)
            events.Wake();
        return [.. held];
    }

    public ValueTask<DateTimeOffset?> FindOldestMessageAsync(CancellationToken cancellationToken = default) => outbox.FindOldestAsync(cancellationToken);

    public async ValueTask<int> EraseAsync(SessionErasure erasure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        await database.RequireCascadesAsync(cancellationToken).ConfigureAwait(false);
        var erased = await database.ExecuteAsync(ErasureSql.Delete(database, erasure), cancellationToken).ConfigureAwait(false);
        if (erased > 0)
            database.NoteErased();
        // Once, after the last of many steps.
        if (erased < erasure.Limit)
            await database.ForgetErasedAsync(cancellationToken).ConfigureAwait(false);
        return erased;
    }

    public void Dispose() => searching.Dispose();

    private async ValueTask<(bool[] Held, int Changes)> CompleteAsync(
        WriteTransaction work, ImmutableArray<OutboxResult> results, CancellationToken cancellationToken)
    {
        // Sessions are locked before messages, as by every other change, and in one order, so that no two wait for each other.
        var sessions = await FindForUpdateAsync(
            work, [.. results.Where(result => result.Change is not null).Select(result => result.Claim.Message.Session)], cancellationToken).ConfigureAwait(false);
        var held = await outbox.CompleteAsync(work, results, cancellationToken).ConfigureAwait(false);
        var changes = 0;
        for (var i = 0; i < results.Length; i++)
        {
            var (claim, change) = (results[i].Claim, results[i].Change);
            if (!held[i] || change is null || !sessions.TryGetValue(claim.Message.Session, out var current) || !change.IsPermittedIn(current.Session))
                continue;
            sessions[claim.Message.Session] = Add(work, current, change);
            changes++;
        }

        await work.CommitAsync().ConfigureAwait(false);
        return (held, changes);
    }

    // With one writer nothing can come between looking and writing.
    private async ValueTask<SessionCreationResult> CreateAloneAsync(SessionCreation creation, CancellationToken cancellationToken)
    {
        return await database.WriteAsync(
            async (work, cancellation) => await FindInTheWayAsync(work, creation, cancellation).ConfigureAwait(false)
                ?? await CreateAsync(work, creation, cancellation).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<SessionCreationResult> CreateAsync(WriteTransaction work, SessionCreation creation, CancellationToken cancellationToken)
    {
        var stored = creation.Session;
        var id = stored.Session.Id;
        var live = await liveCodes.ReadAsync(cancellationToken).ConfigureAwait(false);
        // First, so that of identical ones the others wait for nothing that they hold up.
        if (creation.Request is { } request)
        {
            work.Add(RequestSql.Release(request, stored.Session.CreatedAt));
            work.Add(RequestSql.Insert(request, id));
        }

        work.Add(SessionSql.Insert(stored, creation.IdempotencyKey));
        work.Add(SessionSql.InsertCodes(id, (CodeRow.Pin, stored.PinHashes), (CodeRow.Token, stored.TokenHashes)));
        work.Add(SessionSql.InsertEvent(NextNumber(work), creation.Event));
        AddMessages(work, creation.Messages);
        await work.CommitAsync().ConfigureAwait(false);
        liveCodes.Add();
        events.Wake();
        return new(SessionCreationOutcome.Created, stored, live + 1);
    }

    private async ValueTask<SessionCreationResult?> FindInTheWayAsync(WriteTransaction work, SessionCreation creation, CancellationToken cancellationToken)
    {
        var session = creation.Session.Session;
        var selector = creation switch
        {
            { IdempotencyKey: { } key } => SessionSelector.ByIdempotencyKey(new(session.Tenant, session.CreatedBy!.Id, key)),
            { Request: { } request } => SessionSelector.ByRequest(request.Hash, session.CreatedAt),
            _ => null,
        };
        if (selector is not null
            && Meant(selector, await work.ReadAsync(SessionSql.Select(selector, null, database.ByLivePin), SessionSql.Read, cancellationToken).ConfigureAwait(false)) is { } earlier)
        {
            return new(SessionCreationOutcome.Repeated, earlier, await liveCodes.ReadAsync(cancellationToken).ConfigureAwait(false));
        }

        var hashes = creation.Session.PinHashes;
        var taken = await work.ReadAsync(
            new(
                $"SELECT 1 FROM rescue_code WHERE kind = 'pin' AND live = 1 AND hash IN ({SessionSql.Names(hashes.Length)}) LIMIT 1",
                [.. SessionSql.HashValues(hashes)]),
            _ => true,
            cancellationToken).ConfigureAwait(false);
        return taken.Count == 0
            ? null
            : new(SessionCreationOutcome.PinTaken, null, await liveCodes.ReadAsync(cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask<TransitionResult> TransitionAsync(
        WriteTransaction work, SessionSelector selector, SessionGuard guard, SessionChange change, CancellationToken cancellationToken)
    {
        if (await FindForUpdateAsync(work, selector, cancellationToken).ConfigureAwait(false) is not { } current)
            return new(false, null);
        if (!change.IsPermittedIn(current.Session.Status, out _) || !guard.Allows(current, change))
            return new(false, current);
        if (await IsAtCapacityAsync(work, current.Session, guard, change, cancellationToken).ConfigureAwait(false))
            return new(false, current, AtCapacity: true);
        var next = Add(work, current, change);
        await work.CommitAsync().ConfigureAwait(false);
        events.Wake();
        return new(true, next);
    }

    private async ValueTask<StoredSession?> FindForUpdateAsync(WriteTransaction work, SessionSelector selector, CancellationToken cancellationToken) =>
        Meant(selector, await work.LockAsync(SessionSql.Select(selector, database.ForUpdate, database.ByLivePin), SessionSql.Read, cancellationToken).ConfigureAwait(false));

    private async ValueTask<Dictionary<SessionId, StoredSession>> FindForUpdateAsync(
        WriteTransaction work, SessionId[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
            return [];
        var found = await work.LockAsync(SessionSql.Select(ids, database.ForUpdate), SessionSql.Read, cancellationToken).ConfigureAwait(false);
        var sessions = new Dictionary<SessionId, StoredSession>(found.Count);
        foreach (var stored in found)
            sessions[stored.Session.Id] = Noted(stored);
        return sessions;
    }

    private StoredSession Add(WriteTransaction work, StoredSession current, SessionChange change)
    {
        var (next, happened) = change.Apply(current);
        work.Add(SessionSql.Update(current, next));
        work.Add(SessionSql.InsertEvent(NextNumber(work), happened));
        if (change.CancelsMessages)
            work.Add(OutboxTable.Cancel(next.Session.Id));
        AddMessages(work, change.Messages);
        if (change.Guest?.Proof is { } proof)
            work.Add(SessionSql.InsertCodes(next.Session.Id, (CodeRow.Guest, proof.Token)));
        if (change.Guest is { End: not null, Id: var guest } && next.GuestProofs?.FirstOrDefault(proof => proof.Guest == guest) is { } over)
            work.Add(SessionSql.RetireGuest(over.Token));
        if (next.Session.Status == SessionStatus.Closed && current.Session.Status != SessionStatus.Closed)
            work.Add(SessionSql.RetireCodes(next.Session.Id));
        else if (next.Instance is { } instance && instance != current.Instance)
            work.Add(SessionSql.RedeemCodes(next.Session.Id, instance));
        return next;
    }

    private void AddMessages(WriteTransaction work, ImmutableArray<OutboxMessage> messages)
    {
        foreach (var message in messages)
            work.Add(SessionSql.InsertMessage(NextNumber(work), message));
    }

    private Statement NextNumber(WriteTransaction work) => database.NextNumber(work.NextIndex());

    // Whoever takes a session on waits for others who take one on for the same technician; then what they hold is counted.
    private async ValueTask<bool> IsAtCapacityAsync(
        WriteTransaction work, Session session, SessionGuard guard, SessionChange change, CancellationToken cancellationToken)
    {
        if (guard.Capacity is not { } most || change.Owner is not { } owner || (SessionSql.IsHeld(session) && session.Owner!.Id == owner.Id))
            return false;
        if (database.Serialize($"{session.Tenant}\n{owner.Id}") is { } wait)
            await work.WriteAsync(wait, cancellationToken).ConfigureAwait(false);
        var held = await work.ReadAsync(
            new("SELECT count(*) FROM rescue_session WHERE tenant = @tenant AND held_by = @owner", ("tenant", session.Tenant), ("owner", owner.Id)),
            row => row.GetInt64(0),
            cancellationToken).ConfigureAwait(false);
        return held[0] >= most;
    }

    // The column is one of three names of ours. What cannot be read stays due for ever, and takes nobody's place.
    private async ValueTask<ImmutableArray<Session>> DueAsync(string column, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var most = limit;
        while (true)
        {
            var due = await SessionsAsync(
                new(
                    $"SELECT {SessionSql.Columns} FROM rescue_session s WHERE s.{column} <= @now ORDER BY s.{column} {Statement.Limit}",
                    ("now", now.UtcTicks), ("limit", most)),
                cancellationToken).ConfigureAwait(false);
            var readable = Readable(due);
            if (readable.Length >= limit || due.Length < most)
                return readable.Length > limit ? readable[..limit] : readable;
            most += due.Length - readable.Length;
        }
    }

    private async ValueTask<ImmutableArray<Session>> SessionsAsync(Statement query, CancellationToken cancellationToken) =>
        [.. (await database.ReadAsync(query, SessionSql.Read, cancellationToken).ConfigureAwait(false)).Select(stored => Noted(stored).Session)];

    private static StoredSession? Proven(Dictionary<SessionId, StoredSession> found, SignOfLife sign) =>
        found.TryGetValue(sign.Session, out var stored) && stored.AppletKey is { } key && sign.AppletKey.Contains(key) ? stored : null;

    private StoredSession? Meant(SessionSelector selector, List<StoredSession> found) => found is [var stored] && selector.Allows(stored) ? Noted(stored) : null;

    private StoredSession Noted(StoredSession stored)
    {
        if (stored.Session.Status == SessionStatus.Unreadable)
            unreadable.Session(stored.Session.Id);
        return stored;
    }

    private static ImmutableArray<Session> Readable(ImmutableArray<Session> sessions) =>
        sessions.Any(session => session.Status == SessionStatus.Unreadable)
            ? sessions.RemoveAll(session => session.Status == SessionStatus.Unreadable)
            : sessions;
}
