using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>The routes below <c>/rescue</c>.</summary>
internal static class TechnicianEndpoints
{
    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/rescue").AddEndpointFilter<RouteGroupBuilder, TechnicianFilter>().WithTags("Technician");
        group.ProducesRefusals(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);

        group.MapGet("/me", SessionQueries.MeAsync).Produces<MeView>();
        group.MapGet("/sessions/events", TechnicianEvents.StreamAsync).Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
        group.MapGet("/sessions", SessionQueries.ListAsync).Produces<SessionListView>().ProducesRefusals(StatusCodes.Status400BadRequest);
        group.MapGet("/sessions/{id}", SessionQueries.FindAsync).Produces<SessionView>().ProducesRefusals(StatusCodes.Status404NotFound);
        group.MapPost("/sessions", CreateSession.HandleAsync)
            .Accepts<CreateSessionBody>("application/json")
            .Produces<SessionView>(StatusCodes.Status201Created).Produces<SessionView>()
            .ProducesRefusals(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status429TooManyRequests);

        group.MapPost("/sessions/{id}/start", SessionVerbs.StartAsync).ProducesSession();
        group.MapPost("/sessions/{id}/close", SessionVerbs.CloseAsync).ProducesSession();
        group.MapPost("/sessions/{id}/revoke", SessionVerbs.RevokeAsync).ProducesSession();
        group.MapPost("/sessions/{id}/resend", SessionVerbs.ResendAsync).ProducesSession();
        return group;
    }

    private static RouteHandlerBuilder ProducesSession(this RouteHandlerBuilder verb) =>
        verb.Produces<SessionView>().ProducesRefusals(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
}
