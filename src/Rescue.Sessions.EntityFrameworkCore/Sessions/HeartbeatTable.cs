using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>
/// When applets were last heard. It is noted beside the session, whose row is large and in many indexes. A session's own <c>silent_at</c> is therefore only the
/// earliest moment at which its applet can have become silent; it is moved on when it has come, and its distance from <c>last_seen_at</c> is the session's time-out.
/// </summary>
internal sealed class HeartbeatTable(Database database)
{
    /// <summary>Notes that applets have been heard, unless they have got another key or their session has ended since.</summary>
    /// <param name="applets">Sessions, each once, with the hash of their applet's key.</param>
    /// <param name="now">The moment, in ticks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask NoteAsync(IReadOnlyList<(byte[] Session, byte[] Key)> applets, long now, CancellationToken cancellationToken)
    {
        var numbers = Group.Padded(applets.Count);
        var note = new Statement(
            $"""
            WITH heard(id, applet_key) AS (VALUES {string.Join(", ", numbers.Select(i => $"(@id{i}, @key{i})"))})
            INSERT INTO rescue_heartbeat (session_id, seen_at)
            SELECT s.id, @now FROM heard h JOIN rescue_session s ON s.id = h.id AND s.applet_key = h.applet_key
            WHERE s.ended_at IS NULL GROUP BY s.id ORDER BY s.id
            ON CONFLICT (session_id) DO UPDATE SET seen_at = excluded.seen_at WHERE rescue_heartbeat.seen_at < excluded.seen_at
            """,
            [
                ("now", now),
                .. numbers.Select(i => ($"id{i}", (object?)Group.At(applets, i).Session)),
                .. numbers.Select(i => ($"key{i}", (object?)Group.At(applets, i).Key)),
            ]);
        return database.WriteAsync([note], cancellationToken);
    }

    /// <summary>Notes that applets have been heard that were last heard while a clock was ahead, and would be taken for present until then.</summary>
    /// <param name="applets">Sessions, each once, with the hash of their applet's key.</param>
    /// <param name="now">The moment, in ticks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask SetBackAsync(IReadOnlyList<(byte[] Session, byte[] Key)> applets, long now, CancellationToken cancellationToken) => database.WriteAsync(
        [
            // In one order, so that no two wait for each other.
            .. applets.OrderBy(applet => Convert.ToHexString(applet.Session), StringComparer.Ordinal).SelectMany(applet => (Statement[])
            [
                new(
                    """
                    UPDATE rescue_session SET silent_at = silent_at - last_seen_at + @now, last_seen_at = @now
                    WHERE id = @id AND applet_key = @key AND ended_at IS NULL AND last_seen_at > @now
                    """,
                    ("now", now), ("id", applet.Session), ("key", applet.Key)),
                new("UPDATE rescue_heartbeat SET seen_at = @now WHERE session_id = @id AND seen_at > @now", ("now", now), ("id", applet.Session)),
            ]),
        ],
        cancellationToken);

    /// <summary>Moves on, of those sessions whose applets may be silent, those that have been heard; how many.</summary>
    public async ValueTask<int> MoveOnAsync(long now, int limit, CancellationToken cancellationToken)
    {
        // Asking is frequent and finding is rarer: no transaction is begun for nothing.
        const string Heard = "h.session_id = o.id AND h.seen_at > o.last_seen_at WHERE o.silent_at <= @now";
        var any = await database.ReadAsync(
            new($"SELECT 1 FROM rescue_session o JOIN rescue_heartbeat h ON {Heard} LIMIT 1", ("now", now)), _ => true, cancellationToken).ConfigureAwait(false);
        if (any.Count == 0)
            return 0;
        // What another node moves on is left to it.
        var heard = $"SELECT o.id FROM rescue_session o JOIN rescue_heartbeat h ON {Heard} ORDER BY o.silent_at {Statement.Limit} {database.ForUpdateSkipLocked}";
        return await database.ExecuteAsync(
            new(
                $"""
                UPDATE rescue_session SET silent_at = silent_at + h.seen_at - last_seen_at, last_seen_at = h.seen_at FROM rescue_heartbeat h
                WHERE h.session_id = rescue_session.id AND h.seen_at > last_seen_at AND {database.IsOneOf("rescue_session.id", heard)}
                """,
                ("now", now), ("limit", limit)),
            cancellationToken).ConfigureAwait(false);
    }
}
