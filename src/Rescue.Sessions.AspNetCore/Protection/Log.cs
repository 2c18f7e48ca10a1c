using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.AspNetCore.Protection;

internal static partial class Log
{
    [LoggerMessage(
        305,
        LogLevel.Warning,
        "Every customer so far came from {Address}, and X-Forwarded-For names others: a proxy stands in front, and wrong PINs of all customers are counted as one's. "
            + "Use forwarded headers (app.UseForwardedHeaders with the proxy in KnownProxies) before the routes")]
    public static partial void AddressesAreHidden(this ILogger logger, string address);

    [LoggerMessage(
        306, LogLevel.Warning, "No support program is configured (RescueWebOptions.Applets), so that customers on every device are offered to join in the browser")]
    public static partial void NoApplets(this ILogger logger);

    [LoggerMessage(
        307,
        LogLevel.Warning,
        "No support program is configured (RescueWebOptions.Applets) and the browser is offered to nobody (RescueWebOptions.Browser.Offer): customers can open "
            + "their link, and there is no way to join. Set one of the two")]
    public static partial void NoWayToJoin(this ILogger logger);
}
