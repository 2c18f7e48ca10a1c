using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.EntityFrameworkCore.Hosting;

internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Error, "The database could not be kept up; it is tried again in half a minute")]
    public static partial void UpkeepFailed(this ILogger logger, Exception failure);

    [LoggerMessage(202, LogLevel.Warning,
        "PostgreSQL has no index for searching, so a search reads every session: {Reason}. Let somebody who may do so run 'CREATE EXTENSION pg_trgm' in the database; "
        + "the index is then made at the next start")]
    public static partial void SearchIsSlow(this ILogger logger, string reason);
}
