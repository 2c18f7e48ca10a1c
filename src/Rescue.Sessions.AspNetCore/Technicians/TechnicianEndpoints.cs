using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Settings;
using Rescue.Sessions.Email;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>The routes below <c>/rescue</c>.</summary>
internal static class TechnicianEndpoints
{
    private static readonly string[] Verbs =
        ["start", "hold", "resume", "reboot", "activity", "transfer", "transfer/accept", "transfer/decline", "transfer/takeBack", "close", "revoke", "resend"];

    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/rescue")
            .Protected(ProblemResults.StoreAway).AddEndpointFilter<RouteGroupBuilder, TechnicianFilter>().WithTags("Technician");
        group.ProducesRefusals(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable);

        group.MapGet("/me", SessionQueries.MeAsync).Produces<MeView>();
        group.MapGet("/colleagues", ColleaguesEndpoint.HandleAsync).Produces<ColleagueListView>();
        group.MapGet("/customers/export", ExportEndpoint.HandleAsync).Produces<SessionListView>().ProducesRefusals(StatusCodes.Status400BadRequest);
        group.MapPost("/customers/erase", EraseEndpoint.HandleAsync).AcceptsJson<EraseBody>().Produces<ErasedView>()
            .ProducesRefusals(StatusCodes.Status400BadRequest);
        group.MapGet("/presence", PresenceEndpoints.FindAsync).Produces<PresenceView>();
        group.MapPut("/presence", PresenceEndpoints.SetAsync).AcceptsJson<PresenceBody>().Produces<PresenceView>()
            .ProducesRefusals(StatusCodes.Status400BadRequest);
        group.MapGet("/sessions/events", TechnicianEvents.StreamAsync).Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
        group.MapGet("/sessions", SessionQueries.ListAsync).Produces<SessionListView>().ProducesRefusals(StatusCodes.Status400BadRequest);
        group.MapGet("/sessions/{id}", SessionQueries.FindAsync).Produces<SessionView>().ProducesRefusals(StatusCodes.Status404NotFound);
        group.MapPost("/sessions", CreateSession.HandleAsync)
            .AcceptsJson<CreateSessionBody>()
            .Produces<SessionView>(StatusCodes.Status201Created).Produces<SessionView>()
            .ProducesRefusals(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests);

        group.MapPost("/sessions/{id}/start", SessionVerbs.StartAsync).ProducesSession();
        group.MapPost("/sessions/{id}/hold", SessionVerbs.HoldAsync).ProducesSession();
        group.MapPost("/sessions/{id}/resume", SessionVerbs.ResumeAsync).ProducesSession();
        group.MapPost("/sessions/{id}/reboot", SessionVerbs.RebootAsync).ProducesSession();
        group.MapPost("/sessions/{id}/activity", SessionVerbs.NoteActivityAsync).ProducesSession();
        group.MapPost("/sessions/{id}/transfer", TransferEndpoints.OfferAsync).AcceptsJson<TransferBody>().ProducesSession();
        group.MapPost("/sessions/{id}/transfer/accept", TransferEndpoints.AcceptAsync).ProducesSession();
        group.MapPost("/sessions/{id}/transfer/decline", TransferEndpoints.DeclineAsync).ProducesSession();
        group.MapPost("/sessions/{id}/transfer/takeBack", TransferEndpoints.TakeBackAsync).ProducesSession();
        group.MapPost("/sessions/{id}/close", SessionVerbs.CloseAsync).ProducesSession();
        group.MapPost("/sessions/{id}/revoke", SessionVerbs.RevokeAsync).ProducesSession();
        // Without email there is nothing to send again, and no text of it to set.
        var registered = endpoints.ServiceProvider.GetService<IServiceProviderIsService>();
        var hasEmail = registered?.IsService(typeof(EmailInvitations)) == true;
        if (hasEmail)
            group.MapPost("/sessions/{id}/resend", SessionVerbs.ResendAsync).ProducesSession().ProducesRefusals(StatusCodes.Status422UnprocessableEntity);

        foreach (var verb in Verbs)
            group.RefuseOthers($"/sessions/{{id}}/{verb}", HttpMethods.Post);
        SettingsEndpoints.Map(group, hasEmail, hasWebhooks: registered?.IsService(typeof(SupportWebhooks)) == true);
        return group
            .RefuseOthers("/me", HttpMethods.Get)
            .RefuseOthers("/colleagues", HttpMethods.Get)
            .RefuseOthers("/customers/export", HttpMethods.Get)
            .RefuseOthers("/customers/erase", HttpMethods.Post)
            .RefuseOthers("/presence", HttpMethods.Get, HttpMethods.Put)
            .RefuseOthers("/sessions/events", HttpMethods.Get)
            .RefuseOthers("/sessions", HttpMethods.Get, HttpMethods.Post)
            .RefuseOthers("/sessions/{id}", HttpMethods.Get);
    }

    private static RouteHandlerBuilder ProducesSession(this RouteHandlerBuilder verb) =>
        verb.Produces<SessionView>().ProducesRefusals(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
}
