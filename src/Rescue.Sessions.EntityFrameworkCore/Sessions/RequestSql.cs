using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>The statements about requests that have made sessions of late. The key lets one of several at once in.</summary>
internal static class RequestSql
{
    // As RecentRequest.Repeats has it.
    private const string IsRepeated = "s.ended_at IS NULL AND (s.deadline_at IS NULL OR s.deadline_at > @now)";

    /// <summary>The query for the session that a request has made, while an identical one is a repeat.</summary>
    public static Statement Select(SessionSelector selector, RowLock? rowLock) => new(
        $"""
        SELECT {SessionSql.ColumnsOf(rowLock)} FROM rescue_request r JOIN rescue_session s ON s.id = r.session_id
        WHERE r.hash = @hash AND r.repeated_until > @now AND {IsRepeated} {rowLock?.Suffix}
        """,
        ("hash", selector.Request!.Value.ToByteArray()), ("now", selector.RepeatedAt.UtcTicks));

    /// <summary>Makes room for a request of which there is an earlier one that is not repeated any more.</summary>
    public static Statement Release(RecentRequest request, DateTimeOffset now) => new(
        $"""
        DELETE FROM rescue_request WHERE hash = @hash
            AND (repeated_until <= @now OR NOT EXISTS (SELECT 1 FROM rescue_session s WHERE s.id = rescue_request.session_id AND {IsRepeated}))
        """,
        ("hash", request.Hash.ToByteArray()), ("now", now.UtcTicks));

    public static Statement Insert(RecentRequest request, SessionId made) => new(
        "INSERT INTO rescue_request (hash, session_id, repeated_until) VALUES (@hash, @session_id, @until)",
        ("hash", request.Hash.ToByteArray()), ("session_id", SessionSql.Key(made)), ("until", request.Until.UtcTicks));

    /// <summary>Forgets what no request can repeat any more.</summary>
    public static Statement Forget(DateTimeOffset now) => new("DELETE FROM rescue_request WHERE repeated_until <= @now", ("now", now.UtcTicks));
}
