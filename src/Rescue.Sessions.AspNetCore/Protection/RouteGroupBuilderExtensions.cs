using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Protection;

internal static class RouteGroupBuilderExtensions
{
    /// <summary>After every route, the host's own included: what a host maps on the same path, even a catch-all, is asked first.</summary>
    private const int Last = int.MaxValue - 1;

    /// <summary>After how long a client should try again while the store has failed.</summary>
    public static readonly TimeSpan Outage = TimeSpan.FromSeconds(5);

    /// <summary>What all of the library's routes share.</summary>
    /// <param name="group">The group.</param>
    /// <param name="away">The answer while the store has failed.</param>
    /// <param name="hasForms">
    /// Whether pages without referrer post forms here. Such a form takes a PIN, which a page of somebody else's does not know, so that an origin which
    /// tells nothing is no reason to turn a customer away.
    /// </param>
    /// <param name="isForTechnicians">Whether a cookie says who somebody is, instead of a code.</param>
    public static RouteGroupBuilder Protected(
        this RouteGroupBuilder group, Func<HttpContext, IResult> away, bool hasForms = false, bool isForTechnicians = false) => group
        .AddEndpointFilter(MarkAsync)
        .AddEndpointFilter((context, next) => CatchOutageAsync(context, next, away))
        .AddEndpointFilter(new SameOriginFilter(unlessForeign: hasForms, isForCustomers: !isForTechnicians, away))
        // A host that keeps answers by a policy of its own looks at no Cache-Control, and these are for one request alone.
        .CacheOutput(policy => policy.NoCache());

    /// <summary>
    /// Answers the methods for which a path has no route, and which routing itself would refuse without a body.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="pattern">The path, as the routes have it.</param>
    /// <param name="methods">The methods that are mapped on the path.</param>
    public static RouteGroupBuilder RefuseOthers(this RouteGroupBuilder group, string pattern, params string[] methods)
    {
        var allowed = string.Join(", ", methods);
        group.Map(pattern, (HttpContext context) => ProblemResults.NotAllowed(context, allowed)).WithOrder(Last).ExcludeFromDescription();
        return group;
    }

    // Browsers are not to take an answer for something other than its type says, nor caches to keep what is for this request alone.
    private static ValueTask<object?> MarkAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        return next(context);
    }

    // Nobody is to take an outage for a wrong PIN or for a session that is not there.
    private static async ValueTask<object?> CatchOutageAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Func<HttpContext, IResult> away)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (SessionStoreException failure) when (!context.HttpContext.Response.HasStarted)
        {
            ProblemLog.Of(context.HttpContext).StoreFailed(failure);
            ProblemResults.RetryAfter(context.HttpContext, Outage);
            return away(context.HttpContext);
        }
    }
}
