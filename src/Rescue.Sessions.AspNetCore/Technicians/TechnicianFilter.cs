using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>
/// Lets nobody but a technician in. A request that a browser says comes from another site is refused: with a strict cookie, that is what
/// keeps such a site from acting in the technician's name.
/// </summary>
internal sealed class TechnicianFilter : IEndpointFilter
{
    private static readonly object Key = new();

    public static Technician Of(HttpContext context) => (Technician)context.Items[Key]!;

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        if (string.Equals(http.Request.Headers["Sec-Fetch-Site"], "cross-site", StringComparison.OrdinalIgnoreCase))
            return new(ProblemResults.CrossSite());
        var options = http.RequestServices.GetRequiredService<IOptions<RescueWebOptions>>().Value;
        if (options.Technician!(http.User) is not { } technician)
            return new(ProblemResults.Unauthenticated("Sign in as a technician first."));
        http.Items[Key] = technician;
        return next(context);
    }
}
