using System.Data.Common;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>A row of events as it was read: the number below which none is missing, the event's document, and its session where that was asked for and can be read.</summary>
internal readonly record struct StoredEvent(long Bound, long Sequence, string? Document, StoredSession? Session)
{
    private const int SessionColumn = 3;

    public static StoredEvent Read(DbDataReader row) => row.IsDBNull(1)
        ? new(row.GetInt64(0), 0, null, null)
        : new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), ReadSession(row));

    private static StoredSession? ReadSession(DbDataReader row)
    {
        if (row.FieldCount <= SessionColumn || row.IsDBNull(SessionColumn))
            return null;
        var session = SessionSql.Read(row, SessionColumn);
        // The event is told all the same.
        return session.Session.Status == SessionStatus.Unreadable ? null : session;
    }
}
