using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.AspNetCore.Hosting;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>The routes below <c>/applet</c>.</summary>
internal static class AppletEndpoints
{
    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        // An applet proves itself by its code and its key; a product that wants everybody signed in means its staff.
        var group = endpoints.MapGroup("/applet").Protected(ProblemResults.StoreAway).AddEndpointFilter(new ProxyFilter()).WithTags("Applet").AllowAnonymous();
        group.ProducesRefusals(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/join", JoinEndpoint.HandleAsync)
            .AcceptsJson<JoinBody>()
            .Produces<JoinedView>()
            .ProducesRefusals(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status410Gone,
                StatusCodes.Status413PayloadTooLarge, StatusCodes.Status429TooManyRequests);

        group.MapPost("/{sessionId}/ready", AppletVerbs.ReadyAsync).AcceptsJson<ReadyBody>().ProducesStatus();
        group.MapPost("/{sessionId}/decline", AppletVerbs.DeclineAsync).ProducesStatus();
        group.MapPost("/{sessionId}/heartbeat", AppletVerbs.HeartbeatAsync).ProducesStatus();
        group.MapPost("/{sessionId}/leave", AppletVerbs.LeaveAsync).ProducesStatus();
        group.MapGet("/{sessionId}/events", AppletEvents.StreamAsync)
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .ProducesRefusals(StatusCodes.Status401Unauthorized, StatusCodes.Status410Gone);
        foreach (var verb in (string[])["ready", "decline", "heartbeat", "leave"])
            group.RefuseOthers($"/{{sessionId}}/{verb}", HttpMethods.Post);
        return group
            .RefuseOthers("/join", HttpMethods.Post)
            .RefuseOthers("/{sessionId}/events", HttpMethods.Get);
    }

    private static RouteHandlerBuilder ProducesStatus(this RouteHandlerBuilder verb) =>
        verb.Produces<AppletStatusView>()
            .ProducesRefusals(StatusCodes.Status401Unauthorized, StatusCodes.Status409Conflict, StatusCodes.Status410Gone);
}
