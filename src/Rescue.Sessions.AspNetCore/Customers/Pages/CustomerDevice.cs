using Microsoft.AspNetCore.Http;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>What a request tells of the device that it comes from.</summary>
internal static class CustomerDevice
{
    public const string Safari = "Safari";

    // The browsers whose downloads are described. Each calls itself what came before it as well, so that the order decides.
    private static readonly (string Mark, string Name)[] Known =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", Safari)];

    /// <summary>Its platform; null for one that is not known.</summary>
    public static DevicePlatform? PlatformOf(HttpRequest request) =>
        DevicePlatforms.Detect(request.Headers.UserAgent, request.Headers["Sec-CH-UA-Platform"]);

    /// <summary>Its browser; null for one that is not known.</summary>
    public static string? BrowserOf(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        return Array.Find(Known, browser => agent.Contains(browser.Mark, StringComparison.Ordinal)).Name;
    }
}
