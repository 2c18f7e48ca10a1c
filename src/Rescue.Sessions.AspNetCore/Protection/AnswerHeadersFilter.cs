using Microsoft.AspNetCore.Http;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>Keeps browsers from taking an answer for something other than its type says, and caches from keeping what is for this request alone.</summary>
internal sealed class AnswerHeadersFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        return next(context);
    }
}
