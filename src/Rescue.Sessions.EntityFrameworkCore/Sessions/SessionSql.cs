using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using Rescue.Sessions.Codes;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Model;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>The statements about sessions, their codes and their history.</summary>
internal static class SessionSql
{
    /// <summary>The columns that <see cref="Read(DbDataReader)"/> reads, of table <c>s</c>.</summary>
    public const string Columns =
        "s.document, s.last_seen_at, s.id, s.tenant, s.created_by, s.customer, (SELECT h.seen_at FROM rescue_heartbeat h WHERE h.session_id = s.id)";

    /// <summary>In place of a technician where a customer has asked for help themselves. No technician's id is empty.</summary>
    public const string Nobody = "";

    private const string InsertText =
        """
        INSERT INTO rescue_session (id, tenant, status, version, created_by, idempotency_key, belongs_to, held_by, customer, recipient, search_text,
            deadline_at, alarm_at, last_seen_at, silent_at, code_live_until, ended_at, applet_key, document)
        VALUES (@id, @tenant, @status, @version, @created_by, @idempotency_key, @belongs_to, @held_by, @customer, @recipient, @search_text,
            @deadline_at, @alarm_at, @last_seen_at, @silent_at, @code_live_until, @ended_at, @applet_key, @document)
        """;

    // By the columns that have changed; there are few ways in which they do.
    private static readonly ConcurrentDictionary<int, string> UpdateTexts = new();

    /// <summary>The columns of a query that may lock its sessions.</summary>
    public static string ColumnsOf(RowLock? rowLock) => rowLock is null ? Columns : $"{Columns}, {rowLock.IsOvertaken}";

    public static byte[] Key(SessionId id) => id.Value.ToByteArray(bigEndian: true);

    /// <summary>Reads a session; one whose document cannot be read is <see cref="SessionStatus.Unreadable"/>.</summary>
    public static StoredSession Read(DbDataReader row) => Read(row, 0);

    /// <summary>Reads a session whose columns begin at <paramref name="first"/>.</summary>
    public static StoredSession Read(DbDataReader row, int first)
    {
        try
        {
            return StoredSessionJson.ReadSession(row.GetString(first), Later(ReadTicks(row, first + 1), ReadTicks(row, first + 6)));
        }
        catch (Exception failure) when (StoredSessionJson.IsUnreadable(failure))
        {
            return UnreadableSession.Of(
                new SessionId(new Guid(row.GetFieldValue<byte[]>(first + 2), bigEndian: true)),
                row.GetString(first + 3), row.GetString(first + 4), row.GetString(first + 5));
        }
    }

    public static Statement Insert(StoredSession stored, string? idempotencyKey) => new(
        InsertText,
        [
            ("id", Key(stored.Session.Id)), ("created_by", stored.Session.CreatedBy?.Id ?? Nobody), ("idempotency_key", idempotencyKey),
            .. Values(stored, FormsOf(stored.Session)), Document(stored),
        ]);

    /// <summary>Writes what differs, so that the database leaves the indexes of everything else alone.</summary>
    public static Statement Update(StoredSession before, StoredSession after)
    {
        var haveSameForms = HaveSameForms(before.Session, after.Session);
        var former = Changeable(before, haveSameForms ? default : FormsOf(before.Session));
        var values = Changeable(after, haveSameForms ? default : FormsOf(after.Session));
        var changed = 0;
        for (var i = 0; i < values.Length; i++)
            changed |= IsChanged(i) ? 1 << i : 0;
        return new(
            UpdateTexts.GetOrAdd(changed, UpdateText, values),
            [("id", Key(after.Session.Id)), .. values.Where((_, i) => (changed & 1 << i) != 0), Document(after)]);

        // Silence is told from two columns together; see HeartbeatTable.
        bool IsChanged(int i) => !IsSame(former[i].Value, values[i].Value)
            || (values[i].Name == "last_seen_at" && !IsSame(former[i + 1].Value, values[i + 1].Value));
    }

    /// <summary>Writes a session's codes, at least one, in one statement.</summary>
    public static Statement InsertCodes(SessionId session, params ReadOnlySpan<(string Kind, ImmutableArray<KeyedHash> Hashes)> codes)
    {
        var rows = new List<string>();
        var values = new List<(string Name, object? Value)> { ("session_id", Key(session)) };
        foreach (var (kind, hashes) in codes)
        {
            foreach (var hash in hashes)
            {
                var name = $"hash{rows.Count}";
                rows.Add($"('{kind}', @{name}, @session_id, 1)");
                values.Add((name, hash.ToByteArray()));
            }
        }

        return new($"INSERT INTO rescue_code (kind, hash, session_id, live) VALUES {string.Join(", ", rows)}", [.. values]);
    }

    /// <summary>Says with a session's PIN to which applet alone it still leads.</summary>
    public static Statement RedeemCodes(SessionId session, KeyedHash instance) => new(
        "UPDATE rescue_code SET instance = @instance WHERE session_id = @session_id AND kind <> 'token'",
        ("session_id", Key(session)), ("instance", instance.ToByteArray()));

    /// <summary>Gives an ended session's PIN free.</summary>
    // Asked for the kind "pin", SQLite would take the key's index and walk all PINs.
    public static Statement RetireCodes(SessionId session) =>
        new("UPDATE rescue_code SET live = 0 WHERE session_id = @session_id AND kind <> 'token'", ("session_id", Key(session)));

    /// <summary>Says that a guest's visit is over, so that it is not looked for any more.</summary>
    public static Statement RetireGuest(ImmutableArray<KeyedHash> token) => new(
        $"UPDATE rescue_code SET live = 0 WHERE kind = 'guest' AND hash IN ({Names(token.Length)})", [.. HashValues(token)]);

    /// <summary>The query for the sessions whose guests' visits are not recorded as over.</summary>
    // There are few at a time, and what they wait for stands in the documents.
    public static Statement SelectWithGuests() => new("SELECT session_id FROM rescue_code WHERE kind = 'guest' AND live = 1");

    public static Statement InsertEvent(Statement number, SessionEvent happened) => new(
        $"INSERT INTO rescue_event (sequence, session_id, tenant, document) VALUES ({number.Sql}, @session_id, @tenant, @document)",
        [.. number.Values, ("session_id", Key(happened.Session)), ("tenant", happened.Tenant), ("document", StoredSessionJson.Write(happened))]);

    public static Statement InsertMessage(Statement number, OutboxMessage message) => new(
        $"""
        INSERT INTO rescue_outbox (position, id, session_id, kind, payload, due_at, available_at, fence, attempts, begun, uncertain)
        VALUES ({number.Sql}, @id, @session_id, @kind, @payload, @due_at, @due_at, 0, 0, 0, 0)
        """,
        [
            .. number.Values, ("id", message.Id.ToByteArray(bigEndian: true)), ("session_id", Key(message.Session)), ("kind", message.Kind),
            ("payload", message.Payload), ("due_at", message.DueAt.UtcTicks),
        ]);

    /// <summary>The query for the selected session; <paramref name="rowLock"/> locks it, and <paramref name="byLivePin"/> names the index of live PINs.</summary>
    public static Statement Select(SessionSelector selector, RowLock? rowLock, string byLivePin)
    {
        if (selector.Id is { } id)
            return new($"SELECT {ColumnsOf(rowLock)} FROM rescue_session s WHERE s.id = @id {rowLock?.Suffix}", ("id", Key(id)));
        if (selector.Idempotency is { } key)
        {
            return new(
                $"SELECT {ColumnsOf(rowLock)} FROM rescue_session s WHERE s.tenant = @tenant AND s.created_by = @created_by AND s.idempotency_key = @key {rowLock?.Suffix}",
                ("tenant", key.Tenant), ("created_by", key.Technician), ("key", key.Key));
        }

        if (selector.Request is not null)
            return RequestSql.Select(selector, rowLock);
        if (selector.LiveAt is { } now)
            return SelectLive(selector, now, rowLock, byLivePin);
        var (kind, hashes) = !selector.Guest.IsEmpty ? (CodeRow.Guest, selector.Guest)
            : selector.Token.IsEmpty ? (CodeRow.Pin, selector.Pin)
            : (CodeRow.Token, selector.Token);
        // A PIN may have been another session's before. Written out, the kind is none of the values for which SQLite would plan the statement anew (Statement.Limit).
        var latest = kind == CodeRow.Pin ? "ORDER BY c.live DESC, s.id DESC" : "";
        return new(
            $"""
            SELECT {ColumnsOf(rowLock)} FROM rescue_code c JOIN rescue_session s ON s.id = c.session_id
            WHERE c.kind = '{kind}' AND c.hash IN ({Names(hashes.Length)}) {latest} LIMIT 1 {rowLock?.Suffix}
            """,
            [.. HashValues(hashes)]);
    }

    // The code's own row says that a PIN is used or over, so that as little is read for it as for one that never was. A session that was joined by an
    // earlier version has no moment until which its code is live, and no instance here.
    private static Statement SelectLive(SessionSelector selector, DateTimeOffset now, RowLock? rowLock, string byLivePin)
    {
        (string Name, object? Value)[] redeemedBy = [.. selector.RedeemedBy.Select((hash, i) => ($"instance{i}", (object?)hash.ToByteArray()))];
        var itsOwn = redeemedBy.Length == 0 ? "" : $" OR c.instance IN ({string.Join(", ", redeemedBy.Select(value => $"@{value.Name}"))})";
        return new(
            $"""
            SELECT {ColumnsOf(rowLock)} FROM rescue_code c {byLivePin} JOIN rescue_session s ON s.id = c.session_id
            WHERE c.kind = 'pin' AND c.live = 1 AND c.hash IN ({Names(selector.Pin.Length)}) AND (c.instance IS NULL{itsOwn})
                AND (c.instance IS NOT NULL OR s.code_live_until > @now OR s.code_live_until IS NULL)
            LIMIT 1 {rowLock?.Suffix}
            """,
            [("now", now.UtcTicks), .. HashValues(selector.Pin), .. redeemedBy]);
    }

    /// <summary>The query for several sessions, in the order of their ids; <paramref name="rowLock"/> locks them.</summary>
    public static Statement Select(SessionId[] ids, RowLock? rowLock = null)
    {
        var numbers = Group.Padded(ids.Length);
        return new(
            $"SELECT {ColumnsOf(rowLock)} FROM rescue_session s WHERE s.id IN ({string.Join(", ", numbers.Select(i => $"@id{i}"))}) ORDER BY s.id {rowLock?.Suffix}",
            [.. numbers.Select(i => ($"id{i}", (object?)Key(Group.At(ids, i))))]);
    }

    /// <summary>Placeholders for so many hashes.</summary>
    public static string Names(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"@hash{i}"));

    public static IEnumerable<(string Name, object? Value)> HashValues(ImmutableArray<KeyedHash> hashes) =>
        hashes.Select((hash, i) => ($"hash{i}", (object?)hash.ToByteArray()));

    private static SessionForms FormsOf(Session session) => SessionForms.Of(session.CustomerName, session.CustomerAddress, session.Reference, session.Request?.Topic);

    // Mostly the very same texts.
    private static bool HaveSameForms(Session one, Session other) =>
        one.CustomerName == other.CustomerName && one.CustomerAddress == other.CustomerAddress && one.Reference == other.Reference && one.Request == other.Request;

    private static string UpdateText(int changed, (string Name, object? Value)[] values)
    {
        var set = values.Where((_, i) => (changed & 1 << i) != 0).Select(value => $"{value.Name} = @{value.Name}, ");
        return $"UPDATE rescue_session SET {string.Concat(set)}document = @document WHERE id = @id";
    }

    // A new session is offered to nobody.
    private static (string Name, object? Value)[] Changeable(StoredSession stored, SessionForms forms) =>
        [.. Values(stored, forms), ("offered_to", stored.Session.Offer?.To)];

    private static (string Name, object? Value)[] Values(StoredSession stored, SessionForms forms)
    {
        var session = stored.Session;
        return
        [
            ("tenant", session.Tenant),
            ("status", session.Status.ToString()),
            ("version", session.Version),
            ("belongs_to", (session.Owner ?? session.CreatedBy)?.Id ?? Nobody),
            ("held_by", IsHeld(session) ? session.Owner!.Id : null),
            ("customer", forms.Customer),
            ("recipient", forms.Recipient),
            ("search_text", forms.SearchText),
            ("deadline_at", Ticks.Of(session.Deadline?.At)),
            ("alarm_at", Ticks.Of(session.Alarm?.At)),
            ("last_seen_at", Ticks.Of(session.LastSeenAt)),
            // Behind what it is told from.
            ("silent_at", IsListenedTo(session.Status) ? Ticks.Of(session.LastSeenAt + session.Timeouts.Silence) : null),
            ("code_live_until", CodeLiveUntil(session)),
            ("ended_at", session.Status == SessionStatus.Closed ? session.StatusSince.UtcTicks : null),
            ("applet_key", stored.AppletKey?.ToByteArray()),
        ];
    }

    private static (string Name, object? Value) Document(StoredSession stored) => ("document", StoredSessionJson.Write(stored));

    private static long? ReadTicks(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static long? Later(long? one, long? other) => one is null || other > one ? other ?? one : one;

    private static bool IsSame(object? one, object? other) => one is byte[] a && other is byte[] b ? a.AsSpan().SequenceEqual(b) : Equals(one, other);

    /// <summary>Whether a session counts against its owner's capacity.</summary>
    public static bool IsHeld(Session session) =>
        session.Owner is not null && session.Status is not (SessionStatus.OnHold or SessionStatus.Closed);

    private static bool IsListenedTo(SessionStatus status) =>
        status is SessionStatus.Waiting or SessionStatus.Active or SessionStatus.Transferring;

    private static long? CodeLiveUntil(Session session)
    {
        if (session.Status != SessionStatus.Connecting || session.JoinedAt is not null)
            return null;
        return session.Deadline is { } deadline && deadline.At < session.ExpiresAt ? deadline.At.UtcTicks : session.ExpiresAt.UtcTicks;
    }
}
