using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>
/// Refuses a change that a browser says comes from a page of somebody else's, whatever cookie it carries. Browsers say so by <c>Origin</c> (RFC 6454) and
/// <c>Sec-Fetch-Site</c> (Fetch Metadata), which no page can forge. A program that is no browser sends neither and proves itself otherwise.
/// </summary>
/// <remarks>
/// An organisation's address is the host's own as well, for a proxy may show the host another name or scheme than its customers know. But an administrator may
/// have claimed it, whose pages need not be the product's: where a cookie says who somebody is, it counts only together with the browser's word that the page and
/// what it asks have one origin, and one that the options do not name never for a request that came to another organisation's, so that claiming a host name gains nothing.
/// </remarks>
/// <param name="unlessForeign">
/// Whether an opaque origin counts as the own one where the browser says nothing else: older browsers, and all over http, send it with the forms of
/// pages without referrer.
/// </param>
/// <param name="isForCustomers">
/// Whether whoever changes something here proves themselves by a code, and no cookie does. Then an organisation's address also counts where the browser says
/// nothing else, as older ones do not and none does over http.
/// </param>
/// <param name="away">The answer while nobody can say whose the origin is; null for the problem that programs get.</param>
internal sealed class SameOriginFilter(bool unlessForeign = false, bool isForCustomers = false, Func<HttpContext, IResult>? away = null) : IEndpointFilter
{
    private const string Opaque = "null";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => MayChange(context.HttpContext) switch
    {
        true => next(context),
        false => new(ProblemResults.ForeignOrigin()),
        null => AskAsync(context, next),
    };

    /// <summary>Whether the request may read: a page of another site may not, unless its origin is listed.</summary>
    public static bool MayRead(HttpContext context) =>
        !Is(context.Request.Headers["Sec-Fetch-Site"].ToString(), "cross-site") || IsListed(context, context.Request.Headers.Origin.ToString());

    // Null where the origin may be an organisation's: the usual request asks nobody.
    private bool? MayChange(HttpContext context)
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
        if (Is(site, "cross-site") || Is(site, "same-site"))
            return false;
        if (origin.Length == 0 || IsOwn(context, origin))
            return true;
        return Is(site, "same-origin") || (isForCustomers && site.Length == 0) ? null : false;
    }

    private async ValueTask<object?> AskAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        bool isOwn;
        try
        {
            isOwn = await IsOfOrganizationAsync(context.HttpContext).ConfigureAwait(false);
        }
        catch (Exception failure) when (!context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // Whoever has failed, the host's own function included: whose origin it is may be known in a moment.
            ProblemLog.Of(context.HttpContext).OriginUnknown(failure);
            ProblemResults.RetryAfter(context.HttpContext, RouteGroupBuilderExtensions.Outage);
            return away?.Invoke(context.HttpContext) ?? ProblemResults.StoreAway();
        }

        return isOwn ? await next(context).ConfigureAwait(false) : ProblemResults.ForeignOrigin();
    }

    // As a page is found by its host name: among those that are known. Those of the options are, whoever is away.
    private static async ValueTask<bool> IsOfOrganizationAsync(HttpContext context)
    {
        if (!Uri.TryCreate(context.Request.Headers.Origin.ToString(), UriKind.Absolute, out var origin) || AsciiHost.Of(origin) is not { } name)
            return false;
        // A host may protect routes of its own and have no sessions.
        if (context.RequestServices.GetService<OrganizationDirectory>() is not { } organizations)
            return false;
        var host = context.Request.Host.Host;
        if (organizations.FindConfiguredByHost(name) is { } configured && IsOf(configured, origin, organizations.FindConfiguredByHost(host)))
            return true;
        return await organizations.FindByHostAsync(name, context.RequestAborted).ConfigureAwait(false) is { } whose
            && IsOf(whose, origin, await organizations.FindByHostAsync(host, context.RequestAborted).ConfigureAwait(false));
    }

    // Whatever an organisation was found by, it is its address that counts.
    private static bool IsOf(Organization organization, Uri origin, Organization? here) =>
        IsSame(organization.PublicBaseUri, origin) && (here is null || here.Tenant == organization.Tenant);

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
        Uri.TryCreate(origin, UriKind.Absolute, out var one) && Uri.TryCreate(other, UriKind.Absolute, out var two) && IsSame(one, two);

    // A host that cannot be read is nobody's.
    private static bool IsSame(Uri one, Uri two) =>
        one.Scheme == two.Scheme && one.Port == two.Port && AsciiHost.Of(one) is { } host && host.Equals(AsciiHost.Of(two), StringComparison.OrdinalIgnoreCase);

    private static bool Is(string site, string word) => site.Equals(word, StringComparison.OrdinalIgnoreCase);
}
