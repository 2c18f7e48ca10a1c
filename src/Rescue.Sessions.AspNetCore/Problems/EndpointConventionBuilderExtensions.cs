using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Rescue.Sessions.AspNetCore.Problems;

internal static class EndpointConventionBuilderExtensions
{
    /// <summary>Tells API descriptions which refusals an endpoint knows.</summary>
    public static TBuilder ProducesRefusals<TBuilder>(this TBuilder builder, params int[] statusCodes)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var statusCode in statusCodes)
            builder.WithMetadata(new ProducesResponseTypeMetadata(statusCode, typeof(Problem), ["application/problem+json"]));
        return builder;
    }
}
