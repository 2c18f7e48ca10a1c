using Microsoft.Extensions.Logging;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Settings;

internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Warning, "The saved template {Template} cannot be used by this version ({Problem} in the {Part}, line {Line}); the next in its chain is. Mend it in the settings")]
    public static partial void SavedTemplateUnusable(this ILogger logger, string template, string problem, TemplatePart part, int line);

    [LoggerMessage(102, LogLevel.Error, "Mail waits until a setting is corrected: {Reason} (cause {Cause}, reply code {Code}, enhanced status code {EnhancedStatus})")]
    public static partial void MailHeld(this ILogger logger, string reason, NotSentCause cause, string code, string enhancedStatus);

    [LoggerMessage(103, LogLevel.Information, "Mail goes out again; it had waited since {Since:O}")]
    public static partial void MailGoesOut(this ILogger logger, DateTimeOffset since);
}
