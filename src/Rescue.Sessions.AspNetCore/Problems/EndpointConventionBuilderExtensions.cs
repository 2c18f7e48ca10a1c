using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Rescue.Sessions.AspNetCore.Problems;

internal static class EndpointConventionBuilderExtensions
{
    /// <summary>
    /// Tells API descriptions of a JSON body. Routing lets every other type through, because it would refuse without a word; the reader of the
    /// body refuses and says why.
    /// </summary>
    public static RouteHandlerBuilder AcceptsJson<TBody>(this RouteHandlerBuilder builder)
        where TBody : notnull => builder.Accepts<TBody>("application/json", "*/*");

    /// <summary>Tells API descriptions which refusals an endpoint knows.</summary>
    public static TBuilder ProducesRefusals<TBuilder>(this TBuilder builder, params int[] statusCodes)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var statusCode in statusCodes)
            builder.WithMetadata(new ProducesResponseTypeMetadata(statusCode, typeof(Problem), ["application/problem+json"]));
        return builder;
    }
}
