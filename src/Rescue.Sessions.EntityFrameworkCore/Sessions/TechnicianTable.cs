using System.Collections.Immutable;
using System.Data.Common;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>What was noted of technicians: their presence, their name, and when they were seen.</summary>
internal sealed class TechnicianTable(Database database)
{
    private const int GroupSize = 128;

    private const string Sessions =
        """
        (SELECT count(*) FROM rescue_session h WHERE h.tenant = @tenant AND h.held_by = t.id),
        CASE WHEN EXISTS (SELECT 1 FROM rescue_session o WHERE o.tenant = @tenant AND o.belongs_to = t.id AND o.ended_at IS NULL)
            OR EXISTS (SELECT 1 FROM rescue_session e WHERE e.tenant = @tenant AND e.belongs_to = t.id AND e.ended_at IS NOT NULL) THEN 1 ELSE 0 END
        """;

    public async ValueTask<TechnicianPresence> FindPresenceAsync(string tenant, string technician, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            new("SELECT presence FROM rescue_presence WHERE tenant = @tenant AND technician = @technician", ("tenant", tenant), ("technician", technician)),
            row => Enum.Parse<TechnicianPresence>(row.GetString(0)),
            cancellationToken).ConfigureAwait(false);
        return found is [var presence] ? presence : TechnicianPresence.Available;
    }

    public ValueTask SetAsync(
        string tenant, TechnicianReference technician, TechnicianPresence presence, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(tenant, technician, presence, at, "name = excluded.name, seen_at = excluded.seen_at, presence = excluded.presence", cancellationToken);

    public ValueTask NoteAsync(string tenant, TechnicianReference technician, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(tenant, technician, TechnicianPresence.Available, at, "name = excluded.name, seen_at = excluded.seen_at", cancellationToken);

    public async ValueTask<ImmutableArray<StoredTechnician>> FindAsync(string tenant, ImmutableArray<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, StoredTechnician>(StringComparer.Ordinal);
        foreach (var group in ids.Chunk(GroupSize))
        {
            var numbers = Group.Padded(group.Length);
            var asked = string.Join(" UNION ALL ", numbers.Select(i => $"SELECT @id{i} AS id"));
            var rows = await database.ReadAsync(
                new(
                    $"""
                    SELECT t.id, p.name, p.presence, p.seen_at, {Sessions}
                    FROM ({asked}) t LEFT JOIN rescue_presence p ON p.tenant = @tenant AND p.technician = t.id
                    """,
                    [("tenant", tenant), .. numbers.Select(i => ($"id{i}", (object?)Group.At(group, i)))]),
                Read,
                cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
                found[row.Id] = row;
        }

        return [.. ids.Select(id => found[id])];
    }

    // Whom an earlier version has noted has no name until this one sees them (SightUpgrade).
    public async ValueTask<ImmutableArray<StoredTechnician>> ListAsync(string tenant, DateTimeOffset seenSince, int limit, CancellationToken cancellationToken) =>
    [
        .. await database.ReadAsync(
            new(
                $"""
                SELECT t.id, t.name, t.presence, t.seen_at, {Sessions}
                FROM (
                    SELECT p.technician AS id, p.name, p.presence, p.seen_at FROM rescue_presence p
                    WHERE p.tenant = @tenant AND p.seen_at >= @since AND p.name IS NOT NULL ORDER BY p.seen_at DESC {Statement.Limit}) t
                ORDER BY t.seen_at DESC
                """,
                ("tenant", tenant), ("since", seenSince.UtcTicks), ("limit", (long)limit)),
            Read,
            cancellationToken).ConfigureAwait(false),
    ];

    public ValueTask ForgetAsync(DateTimeOffset seenBefore, CancellationToken cancellationToken) =>
        DeleteAsync(new("DELETE FROM rescue_presence WHERE seen_at < @before", ("before", seenBefore.UtcTicks)), cancellationToken);

    public ValueTask EraseAsync(string tenant, string technician, CancellationToken cancellationToken) => DeleteAsync(
        new("DELETE FROM rescue_presence WHERE tenant = @tenant AND technician = @technician", ("tenant", tenant), ("technician", technician)),
        cancellationToken);

    private async ValueTask DeleteAsync(Statement statement, CancellationToken cancellationToken)
    {
        if (await database.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false) > 0)
            database.NoteErased();
        await database.ForgetErasedAsync(cancellationToken).ConfigureAwait(false);
    }

    private ValueTask WriteAsync(
        string tenant, TechnicianReference technician, TechnicianPresence presence, DateTimeOffset at, string changes, CancellationToken cancellationToken) =>
        database.WriteAsync(
            [
                new(
                    $"""
                    INSERT INTO rescue_presence (tenant, technician, name, presence, seen_at) VALUES (@tenant, @technician, @name, @presence, @seen_at)
                    ON CONFLICT (tenant, technician) DO UPDATE SET {changes}
                    """,
                    ("tenant", tenant), ("technician", technician.Id), ("name", technician.Name), ("presence", presence.ToString()), ("seen_at", at.UtcTicks)),
            ],
            cancellationToken);

    private static StoredTechnician Read(DbDataReader row) => new(row.GetString(0))
    {
        Name = row.IsDBNull(1) ? null : row.GetString(1),
        Presence = row.IsDBNull(2) ? TechnicianPresence.Available : Enum.Parse<TechnicianPresence>(row.GetString(2)),
        SeenAt = row.IsDBNull(3) ? null : new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
        Active = (int)row.GetInt64(4),
        HasSessions = row.GetInt32(5) > 0,
    };
}
