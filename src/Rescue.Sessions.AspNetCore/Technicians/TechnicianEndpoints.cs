using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.AspNetCore.Settings;
using Rescue.Sessions.AspNetCore.Webhooks;
using Rescue.Sessions.Email;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>The routes below <c>/rescue</c>.</summary>
internal static class TechnicianEndpoints
{
    private static readonly string[] Verbs =
        ["start", "hold", "resume", "reboot", "activity", "transfer", "transfer/accept", "transfer/decline", "transfer/takeBack", "close", "revoke"];

    // What can be done with each setting.
    private static readonly string[] Setting = [HttpMethods.Get, HttpMethods.Put, HttpMethods.Delete];

    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/rescue")
            .Protected(_ => ProblemResults.StoreAway(), isForTechnicians: true).AddEndpointFilter<RouteGroupBuilder, TechnicianFilter>().WithTags("Technician")
            // A script that is led to a page to sign in takes the page for an answer.
            .DisableCookieRedirect();
        group.WithMetadata(
            new RefusesAttribute(StatusCodes.Status401Unauthorized, ProblemCode.NotSignedIn),
            new RefusesAttribute(StatusCodes.Status403Forbidden, ProblemCode.ForeignOrigin),
            new RefusesAttribute(StatusCodes.Status503ServiceUnavailable, ProblemCode.StoreUnavailable));

        group.MapGet("/me", SessionQueries.MeAsync);
        group.MapGet("/colleagues", ColleaguesEndpoint.HandleAsync);
        group.MapGet("/customers/export", ExportEndpoint.HandleAsync);
        group.MapPost("/customers/erase", EraseEndpoint.HandleAsync);
        group.MapGet("/presence", PresenceEndpoints.FindAsync);
        group.MapPut("/presence", PresenceEndpoints.SetAsync);
        group.MapGet("/sessions/events", TechnicianEvents.StreamAsync);
        group.MapGet("/sessions", SessionQueries.ListAsync);
        group.MapGet("/sessions/{id}", SessionQueries.FindAsync);
        group.MapPost("/sessions", CreateSession.HandleAsync);

        group.MapPost("/sessions/{id}/guests", GuestInvitations.InviteAsync);
        group.MapGet("/sessions/{id}/guests", GuestInvitations.ListAsync);
        group.MapDelete("/sessions/{id}/guests/{guest}", GuestInvitations.RevokeAsync);

        group.MapPost("/sessions/{id}/start", SessionVerbs.StartAsync).IsVerb();
        group.MapPost("/sessions/{id}/hold", SessionVerbs.HoldAsync).IsVerb();
        group.MapPost("/sessions/{id}/resume", SessionVerbs.ResumeAsync).IsVerb();
        group.MapPost("/sessions/{id}/reboot", SessionVerbs.RebootAsync).IsVerb();
        group.MapPost("/sessions/{id}/activity", SessionVerbs.NoteActivityAsync).IsVerb();
        group.MapPost("/sessions/{id}/transfer", TransferEndpoints.OfferAsync).IsVerb();
        group.MapPost("/sessions/{id}/transfer/accept", TransferEndpoints.AcceptAsync).IsVerb();
        group.MapPost("/sessions/{id}/transfer/decline", TransferEndpoints.DeclineAsync).IsVerb();
        group.MapPost("/sessions/{id}/transfer/takeBack", TransferEndpoints.TakeBackAsync).IsVerb();
        group.MapPost("/sessions/{id}/close", SessionVerbs.CloseAsync).IsVerb();
        group.MapPost("/sessions/{id}/revoke", SessionVerbs.RevokeAsync).IsVerb();
        // Without email and SMS there is nothing to send again, and without email no text to set.
        var registered = endpoints.ServiceProvider.GetService<IServiceProviderIsService>();
        var hasEmail = registered?.IsService(typeof(EmailInvitations)) == true;
        if (hasEmail || registered?.IsService(typeof(SmsInvitations)) == true)
        {
            group.MapPost("/sessions/{id}/resend", SessionVerbs.ResendAsync).IsVerb();
            group.RefuseOthers("/sessions/{id}/resend", HttpMethods.Post);
        }

        foreach (var verb in Verbs)
            group.RefuseOthers($"/sessions/{{id}}/{verb}", HttpMethods.Post);
        var settings = MapSettings(group, hasEmail);
        if (registered?.IsService(typeof(SupportWebhooks)) == true)
            WebhookEndpoints.Map(settings);
        return group
            .RefuseOthers("/me", HttpMethods.Get)
            .RefuseOthers("/colleagues", HttpMethods.Get)
            .RefuseOthers("/customers/export", HttpMethods.Get)
            .RefuseOthers("/customers/erase", HttpMethods.Post)
            .RefuseOthers("/presence", HttpMethods.Get, HttpMethods.Put)
            .RefuseOthers("/sessions/events", HttpMethods.Get)
            .RefuseOthers("/sessions", HttpMethods.Get, HttpMethods.Post)
            .RefuseOthers("/sessions/{id}/guests", HttpMethods.Get, HttpMethods.Post)
            .RefuseOthers("/sessions/{id}/guests/{guest}", HttpMethods.Delete)
            .RefuseOthers("/sessions/{id}", HttpMethods.Get);
    }

    // For administrators.
    private static RouteGroupBuilder MapSettings(RouteGroupBuilder technicians, bool hasEmail)
    {
        var group = technicians.MapGroup("/settings").WithTags("Settings").WithMetadata(new RefusesAttribute(StatusCodes.Status403Forbidden, ProblemCode.MissingRights));
        if (hasEmail)
        {
            group.MapGet("/template", TemplateEndpoints.FindAsync);
            group.MapPut("/template", TemplateEndpoints.SaveAsync);
            group.MapDelete("/template", TemplateEndpoints.RestoreAsync);
            group.MapPost("/template/preview", TemplateEndpoints.PreviewAsync);
            group.MapPost("/template/test", TemplateTestEndpoint.HandleAsync);
            group.MapGet("/template/history", TemplateEndpoints.HistoryAsync);
            group.MapGet("/templates", TemplateEndpoints.ListAsync);

            group.MapGet("/email", EmailDefaultsEndpoints.FindAsync);
            group.MapPut("/email", EmailDefaultsEndpoints.SaveAsync);
            group.MapDelete("/email", EmailDefaultsEndpoints.RestoreAsync);
            group
                .RefuseOthers("/template", Setting)
                .RefuseOthers("/template/preview", HttpMethods.Post)
                .RefuseOthers("/template/test", HttpMethods.Post)
                .RefuseOthers("/template/history", HttpMethods.Get)
                .RefuseOthers("/templates", HttpMethods.Get)
                .RefuseOthers("/email", Setting);
        }

        group.MapGet("/history", SettingsAuditEndpoint.HandleAsync);
        group.MapGet("/timeouts", TimeoutEndpoints.FindAsync);
        group.MapPut("/timeouts", TimeoutEndpoints.SaveAsync);
        group.MapDelete("/timeouts", TimeoutEndpoints.RestoreAsync);
        group.MapGet("/organization", OrganizationEndpoints.FindAsync);
        group.MapPut("/organization", OrganizationEndpoints.SaveAsync);
        group.MapDelete("/organization", OrganizationEndpoints.RestoreAsync);
        group.MapGet("/organization/history", OrganizationEndpoints.HistoryAsync);
        group.MapGet("/groups", GroupEndpoints.FindAsync);
        group.MapPut("/groups", GroupEndpoints.SaveAsync);
        group.MapDelete("/groups", GroupEndpoints.RestoreAsync);
        return group
            .RefuseOthers("/history", HttpMethods.Get)
            .RefuseOthers("/timeouts", Setting)
            .RefuseOthers("/organization", Setting)
            .RefuseOthers("/organization/history", HttpMethods.Get)
            .RefuseOthers("/groups", Setting);
    }

    // What the verbs have in common. Most need no body, and none but what is their own.
    private static void IsVerb(this RouteHandlerBuilder verb) => verb.WithMetadata(
        new AnswersAttribute(StatusCodes.Status200OK, "The session as it is now.") { Type = typeof(SessionView) },
        new TakesAttribute(typeof(EmptyBody)),
        new RefusesAttribute(StatusCodes.Status403Forbidden, ProblemCode.MissingRights),
        new RefusesAttribute(StatusCodes.Status404NotFound, ProblemCode.SessionNotFound));
}
