using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.AspNetCore.Problems;

internal static partial class ProblemLog
{
    public static ILogger Of(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Rescue.Sessions.AspNetCore");

    [LoggerMessage(301, LogLevel.Error, "The store failed; the request was answered with 503")]
    public static partial void StoreFailed(this ILogger logger, Exception failure);

    [LoggerMessage(304, LogLevel.Warning, "What is set for an organisation could not be read; the page looks as it is configured")]
    public static partial void LooksUnread(this ILogger logger, Exception failure);

    [LoggerMessage(314, LogLevel.Warning, "In which language an organisation's messages are written could not be read; who is signed in was answered without it")]
    public static partial void LanguageUnread(this ILogger logger, Exception failure);

    [LoggerMessage(312, LogLevel.Warning, "Whether a change comes from an organisation's own page could not be told; the request was answered with 503")]
    public static partial void OriginUnknown(this ILogger logger, Exception failure);

    [LoggerMessage(302, LogLevel.Warning, "An event stream was ended because its listener could not be asked about again")]
    public static partial void StreamEnded(this ILogger logger, Exception failure);

    [LoggerMessage(
        313,
        LogLevel.Warning,
        "An event stream's sign-in could not be asked about as if its request came once more, or told of somebody else then: it is asked as at the stream's beginning, which may not notice that somebody is signed out")]
    public static partial void SignInNotAskedAgain(this ILogger logger, Exception? failure);

    [LoggerMessage(303, LogLevel.Warning, "A message could not be written, and its request was refused: {Reason}")]
    public static partial void MessageNotWritten(this ILogger logger, string reason);
}
