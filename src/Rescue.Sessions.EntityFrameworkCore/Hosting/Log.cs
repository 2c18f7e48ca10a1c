using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.EntityFrameworkCore.Hosting;

internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Error, "The database could not be kept up; it is tried again in half a minute")]
    public static partial void UpkeepFailed(this ILogger logger, Exception failure);
}
