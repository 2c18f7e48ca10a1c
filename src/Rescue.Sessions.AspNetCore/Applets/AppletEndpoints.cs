using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>The routes below <c>/applet</c>.</summary>
internal static class AppletEndpoints
{
    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        // An applet proves itself by its code and its key; a product that wants everybody signed in means its staff.
        var group = endpoints.MapGroup("/applet").Protected(_ => ProblemResults.StoreAway()).AddEndpointFilter(new ProxyFilter()).WithTags("Applet").AllowAnonymous();
        group.WithMetadata(
            new KeyAttribute("Rescue.AppletKey", "The `appletKey` that joining has answered."),
            new RefusesAttribute(StatusCodes.Status503ServiceUnavailable, ProblemCode.StoreUnavailable));
        group.MapPost("/join", JoinEndpoint.HandleAsync).MayBeForeign();
        group.MapPost("/{sessionId}/ready", AppletVerbs.ReadyAsync).IsVerb();
        group.MapPost("/{sessionId}/decline", AppletVerbs.DeclineAsync).IsVerb();
        group.MapPost("/{sessionId}/heartbeat", AppletVerbs.HeartbeatAsync).IsVerb();
        group.MapPost("/{sessionId}/leave", AppletVerbs.LeaveAsync).IsVerb();
        group.MapGet("/{sessionId}/events", AppletEvents.StreamAsync);
        foreach (var verb in (string[])["ready", "decline", "heartbeat", "leave"])
            group.RefuseOthers($"/{{sessionId}}/{verb}", HttpMethods.Post);
        return group
            .RefuseOthers("/join", HttpMethods.Post)
            .RefuseOthers("/{sessionId}/events", HttpMethods.Get);
    }

    // A change that comes from a page of somebody else's.
    private static RouteHandlerBuilder MayBeForeign(this RouteHandlerBuilder change) =>
        change.WithMetadata(new RefusesAttribute(StatusCodes.Status403Forbidden, ProblemCode.ForeignOrigin));

    private static void IsVerb(this RouteHandlerBuilder verb) => verb.MayBeForeign().WithMetadata(
        new AnswersAttribute(StatusCodes.Status200OK, "The session as its customer may see it.") { Type = typeof(AppletStatusView) },
        new TakesAttribute(typeof(EmptyBody)),
        new RefusesAttribute(StatusCodes.Status401Unauthorized, ProblemCode.UnknownKey),
        new RefusesAttribute(StatusCodes.Status409Conflict, ProblemCode.NotPermitted),
        new RefusesAttribute(StatusCodes.Status410Gone, ProblemCode.SessionEnded));
}
