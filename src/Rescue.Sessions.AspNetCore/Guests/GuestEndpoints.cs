using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Guests;

/// <summary>The routes below <c>/guest</c>. A guest proves themselves by link and key, and has no account.</summary>
internal static class GuestEndpoints
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        var guests = endpoints.MapGroup("/guest").WithTags("Guest").AllowAnonymous();
        // The failures of the page are pages, and those of the others problems.
        var page = guests.MapGroup("").Protected(CustomerErrors.StoreAway).AddEndpointFilter(new ProxyFilter());
        page.WithMetadata(new PageAttribute(StatusCodes.Status503ServiceUnavailable, "The store is out of reach.") { Headers = ["Content-Language", "Retry-After"] });
        page.MapMethods("", GetAndHead, GuestPageEndpoint.HandleAsync);
        page.RefuseOthers("", GetAndHead);
        var group = guests.MapGroup("").Protected(_ => ProblemResults.StoreAway()).AddEndpointFilter(new ProxyFilter());
        group.WithMetadata(
            new KeyAttribute("Rescue.GuestKey", "The `guestKey` that joining has answered."),
            new RefusesAttribute(StatusCodes.Status503ServiceUnavailable, ProblemCode.StoreUnavailable));
        group.MapPost("/join", GuestRequests.JoinAsync).MayBeForeign();
        group.MapPost("/{sessionId}/leave", GuestRequests.LeaveAsync).MayBeForeign();
        group.MapGet("/{sessionId}/events", GuestEvents.StreamAsync);
        group
            .RefuseOthers("/join", HttpMethods.Post)
            .RefuseOthers("/{sessionId}/leave", HttpMethods.Post)
            .RefuseOthers("/{sessionId}/events", HttpMethods.Get);
        return guests;
    }

    private static RouteHandlerBuilder MayBeForeign(this RouteHandlerBuilder change) =>
        change.WithMetadata(new RefusesAttribute(StatusCodes.Status403Forbidden, ProblemCode.ForeignOrigin));
}
