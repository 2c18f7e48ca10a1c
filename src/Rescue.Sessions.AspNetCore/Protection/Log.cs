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
        306, LogLevel.Warning, "No support program is configured (Web.Applets), so that customers on every device are offered to join in the browser")]
    public static partial void NoApplets(this ILogger logger);

    [LoggerMessage(
        307,
        LogLevel.Warning,
        "No support program is configured (Web.Applets) and the browser is offered to nobody (Browser.Offer): customers can open "
            + "their link, and there is no way to join. Set one of the two")]
    public static partial void NoWayToJoin(this ILogger logger);

    [LoggerMessage(
        308,
        LogLevel.Warning,
        "No technician was found in a request, which was answered with 401, and the host has no authentication. Call builder.Services.AddAuthentication with the scheme of "
            + "your sign-in; where a middleware of your own sets HttpContext.User, it must come before the routes")]
    public static partial void NoAuthentication(this ILogger logger);

    [LoggerMessage(
        309,
        LogLevel.Warning,
        "No technician was found in a request, which was answered with 401, for it came past no authentication. Call app.UseAuthentication() before the routes")]
    public static partial void NoAuthenticationMiddleware(this ILogger logger);

    [LoggerMessage(
        310,
        LogLevel.Warning,
        "No technician was found in a request, which was answered with 401, for the authentication has no default scheme. Name one in AddAuthentication, such as "
            + "CookieAuthenticationDefaults.AuthenticationScheme")]
    public static partial void NoDefaultScheme(this ILogger logger);

    [LoggerMessage(
        311,
        LogLevel.Information,
        "Somebody is signed in and is no technician: Web.Technician or Web.FindTechnician has answered null, so that the request was answered with 401. If they should "
            + "be one, correct what it reads; their claims are of the types {ClaimTypes}")]
    public static partial void SignedInIsNoTechnician(this ILogger logger, string claimTypes);
}
