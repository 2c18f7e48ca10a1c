using System.Data.Common;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>A session, or one of its events; read together in one statement, which sees both at one moment.</summary>
/// <param name="Session">The session; null for an event.</param>
/// <param name="Sequence">The event's place; -1 for the session, which comes first.</param>
/// <param name="Event">The event's document.</param>
internal readonly record struct HistoryRow(StoredSession? Session, long Sequence, string? Event)
{
    private const int SequenceColumn = 7;

    public static Statement Select(SessionId id) => new(
        $"""
        SELECT {SessionSql.Columns}, -1 AS sequence FROM rescue_session s WHERE s.id = @id
        UNION ALL
        SELECT e.document, NULL, NULL, NULL, NULL, NULL, NULL, e.sequence FROM rescue_event e WHERE e.session_id = @id
        ORDER BY sequence
        """,
        ("id", SessionSql.Key(id)));

    public static HistoryRow Read(DbDataReader row)
    {
        var sequence = row.GetInt64(SequenceColumn);
        return sequence < 0 ? new(SessionSql.Read(row), sequence, null) : new(null, sequence, row.GetString(0));
    }
}
