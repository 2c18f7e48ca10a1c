using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>Refuses a change that a browser says comes from a page of somebody else's, whatever cookie it carries.</summary>
internal sealed class SameOriginFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        RequestOrigin.MayChange(context.HttpContext) ? next(context) : new(ProblemResults.ForeignOrigin());
}
