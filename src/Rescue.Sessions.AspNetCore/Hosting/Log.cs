using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.AspNetCore.Hosting;

internal static partial class Log
{
    [LoggerMessage(
        203,
        LogLevel.Warning,
        "Every customer so far came from {Address}, and X-Forwarded-For names others: a proxy stands in front, and wrong PINs of all customers are counted as one's. "
            + "Use forwarded headers (app.UseForwardedHeaders with the proxy in KnownProxies) before the routes")]
    public static partial void AddressesAreHidden(this ILogger logger, string address);
}
