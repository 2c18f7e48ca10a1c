using Microsoft.Extensions.Logging;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Settings;

internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Warning, "The saved template {Template} cannot be used by this version ({Problem} in the {Part}, line {Line}); the next in its chain is. Mend it in the settings")]
    public static partial void SavedTemplateUnusable(this ILogger logger, string template, string problem, TemplatePart part, int line);
}
