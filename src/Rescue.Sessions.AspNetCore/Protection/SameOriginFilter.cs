using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>Refuses a change that a browser says comes from a page of somebody else's, whatever cookie it carries.</summary>
/// <param name="unlessForeign">See <see cref="RequestOrigin.MayChange"/>.</param>
internal sealed class SameOriginFilter(bool unlessForeign = false) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        RequestOrigin.MayChange(context.HttpContext, unlessForeign) ? next(context) : new(ProblemResults.ForeignOrigin());
}
