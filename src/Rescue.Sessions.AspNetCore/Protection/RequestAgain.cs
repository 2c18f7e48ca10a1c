using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>
/// An open request as if it came once more, signed in by nobody yet: with services of its own, which remember nothing of the first time, and with an answer that nobody gets, for the
/// real one has begun.
/// </summary>
internal sealed class RequestAgain : IAsyncDisposable
{
    private readonly RequestServicesFeature services;
    private readonly IHttpContextAccessor? accessor;

    public RequestAgain(HttpContext first)
    {
        var features = new FeatureCollection(first.Features);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IResponseCookiesFeature>(new ResponseCookiesFeature(features));
        features.Set<IItemsFeature>(new ItemsFeature { Items = new Dictionary<object, object?>(first.Items) });
        features.Set<IHttpAuthenticationFeature>(SignIn);
        features.Set<IAuthenticateResultFeature>(SignIn);
        Context = new DefaultHttpContext(features);
        services = new(Context, first.RequestServices.GetRequiredService<IServiceScopeFactory>());
        features.Set<IServiceProvidersFeature>(services);
        // To set another request in a flow that has one would take it from that one.
        if (services.RequestServices.GetService<IHttpContextAccessor>() is not { HttpContext: null } free)
            return;
        accessor = free;
        accessor.HttpContext = Context;
    }

    public HttpContext Context { get; }

    public SignInFeature SignIn { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync().ConfigureAwait(false);
        if (accessor is not null)
            accessor.HttpContext = null;
    }
}
