using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.Settings;

internal static partial class SettingsLog
{
    [LoggerMessage(11, LogLevel.Information, "Technician {Technician} saved the setting {Setting}")]
    public static partial void SettingSaved(this ILogger logger, string setting, string technician);
}
