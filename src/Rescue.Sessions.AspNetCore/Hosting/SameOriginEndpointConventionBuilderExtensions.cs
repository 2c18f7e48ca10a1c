using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore;
using Rescue.Sessions.AspNetCore.Protection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives the host's own routes the protection that the library's have.</summary>
public static class SameOriginEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Refuses (403) every change that a browser says comes from a page of another origin, a sibling host's and a sandboxed page's included, unless
    /// <see cref="RescueWebOptions.AllowedOrigins"/> lists it. An organisation's address counts as the own one where the browser says that the request is of the
    /// same origin. Reading, and clients that are no browser, are let through.
    /// </summary>
    public static TBuilder RequireSameOrigin<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter(new SameOriginFilter());
}
