using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.EntityFrameworkCore.Telemetry;

internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Error, "The database could not be kept up; it is tried again in half a minute")]
    public static partial void UpkeepFailed(this ILogger logger, Exception failure);

    [LoggerMessage(203, LogLevel.Error,
        "The document of session {Session} cannot be read: it is damaged, or was written by a later version of the library. The session is listed as unreadable and left "
        + "alone. Put its row back from a backup, use the later version on all nodes, or delete the row from rescue_session")]
    public static partial void SessionUnreadable(this ILogger logger, SessionId session);

    [LoggerMessage(204, LogLevel.Error,
        "The document of event {Sequence} cannot be read: it is damaged, or was written by a later version of the library. Histories and streams go on without it")]
    public static partial void EventUnreadable(this ILogger logger, long sequence);

    [LoggerMessage(202, LogLevel.Warning,
        "PostgreSQL has no index for searching, so a search reads every session: {Reason}. Let somebody who may do so run 'CREATE EXTENSION pg_trgm' in the database; "
        + "the index is then made at the next start")]
    public static partial void SearchIsSlow(this ILogger logger, string reason);

    [LoggerMessage(205, LogLevel.Information, "The database's schema was brought up to {Migration}")]
    public static partial void SchemaUpgraded(this ILogger logger, string migration);

    [LoggerMessage(206, LogLevel.Warning,
        "The database's schema cannot be brought up yet: other transactions, such as a long report, hold its tables. It is tried again every few seconds, and those who use the "
        + "tables get through meanwhile")]
    public static partial void SchemaUpgradeWaits(this ILogger logger, Exception held);
}
