using Microsoft.AspNetCore.Http;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>Keeps browsers from taking an answer for something other than its type says.</summary>
internal sealed class NoSniffFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }
}
