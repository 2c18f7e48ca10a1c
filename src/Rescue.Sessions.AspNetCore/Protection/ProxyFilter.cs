using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>Shows the requests of customers to the <see cref="ProxyWatch"/>.</summary>
internal sealed class ProxyFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext;
        request.RequestServices.GetRequiredService<ProxyWatch>()
            .Note(request.Connection.RemoteIpAddress, request.Request.Headers.ContainsKey("X-Forwarded-For"));
        return next(context);
    }
}
