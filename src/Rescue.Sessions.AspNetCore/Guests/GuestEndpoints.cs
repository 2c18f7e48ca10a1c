using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Guests;

/// <summary>The routes below <c>/guest</c>. A guest proves themselves by link and key, and has no account.</summary>
internal static class GuestEndpoints
{
    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/guest").Protected(ProblemResults.StoreAway).AddEndpointFilter(new ProxyFilter()).WithTags("Guest").AllowAnonymous();
        group.WithMetadata(new RefusesAttribute(StatusCodes.Status503ServiceUnavailable, ProblemCode.StoreUnavailable));
        group.MapPost("/join", GuestRequests.JoinAsync).MayBeForeign();
        group.MapPost("/{sessionId}/leave", GuestRequests.LeaveAsync).MayBeForeign();
        group.MapGet("/{sessionId}/events", GuestEvents.StreamAsync);
        return group
            .RefuseOthers("/join", HttpMethods.Post)
            .RefuseOthers("/{sessionId}/leave", HttpMethods.Post)
            .RefuseOthers("/{sessionId}/events", HttpMethods.Get);
    }

    private static RouteHandlerBuilder MayBeForeign(this RouteHandlerBuilder change) =>
        change.WithMetadata(new RefusesAttribute(StatusCodes.Status403Forbidden, ProblemCode.ForeignOrigin));
}
