using Microsoft.AspNetCore.Http;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>The browsers whose downloads are described. Each calls itself what came before it as well, so that the order decides.</summary>
internal static class BrowserNames
{
    public const string Safari = "Safari";

    private static readonly (string Mark, string Name)[] Known =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", Safari)];

    /// <summary>The browser of a request; null for one that is not known.</summary>
    public static string? Of(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        return Array.Find(Known, browser => agent.Contains(browser.Mark, StringComparison.Ordinal)).Name;
    }
}
