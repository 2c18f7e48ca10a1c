using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>
/// Refuses a change that a browser says comes from a page of somebody else's, whatever cookie it carries. Browsers say so by <c>Origin</c> (RFC 6454) and
/// <c>Sec-Fetch-Site</c> (Fetch Metadata), which no page can forge. A program that is no browser sends neither and proves itself otherwise.
/// </summary>
/// <param name="unlessForeign">
/// Whether an opaque origin counts as the own one where the browser says nothing else: older browsers, and all over http, send it with the forms of
/// pages without referrer.
/// </param>
internal sealed class SameOriginFilter(bool unlessForeign = false) : IEndpointFilter
{
    private const string Opaque = "null";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        MayChange(context.HttpContext) ? next(context) : new(ProblemResults.ForeignOrigin());

    /// <summary>Whether the request may read: a page of another site may not, unless its origin is listed.</summary>
    public static bool MayRead(HttpContext context) =>
        !Is(context.Request.Headers["Sec-Fetch-Site"].ToString(), "cross-site") || IsListed(context, context.Request.Headers.Origin.ToString());

    private bool MayChange(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return true;
        var origin = request.Headers.Origin.ToString();
        if (IsListed(context, origin))
            return true;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        // Where a page sends no referrer, its own forms have an opaque origin; then the browser's word for the same origin counts.
        if (origin == Opaque)
            return Is(site, "same-origin") || (unlessForeign && site.Length == 0);
        return !Is(site, "cross-site") && !Is(site, "same-site") && (origin.Length == 0 || IsOwn(context, origin));
    }

    // A proxy may show the host another name than the one customers use, which is that of the public base address.
    private static bool IsOwn(HttpContext context, string origin)
    {
        var request = context.Request;
        if (IsSame(origin, $"{request.Scheme}://{request.Host.Value}"))
            return true;
        var options = context.RequestServices.GetRequiredService<IOptionsMonitor<RescueSessionsOptions>>().CurrentValue;
        return options.Codes.PublicBaseUri is { } address && IsSame(origin, address.GetLeftPart(UriPartial.Authority));
    }

    private static bool IsListed(HttpContext context, string origin)
    {
        if (origin.Length == 0)
            return false;
        var options = context.RequestServices.GetRequiredService<IOptions<RescueWebOptions>>().Value;
        return options.AllowedOrigins.Any(listed => IsSame(origin, listed));
    }

    // A port that is the scheme's own may be written or not.
    private static bool IsSame(string origin, string other) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var one) && Uri.TryCreate(other, UriKind.Absolute, out var two)
        && one.Scheme == two.Scheme && one.Port == two.Port && one.IdnHost.Equals(two.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool Is(string site, string word) => site.Equals(word, StringComparison.OrdinalIgnoreCase);
}
