using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Webhooks;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>The routes below <c>/rescue/settings</c>, for administrators.</summary>
internal static class SettingsEndpoints
{
    public static void Map(RouteGroupBuilder technicians, bool hasEmail, bool hasWebhooks)
    {
        var group = technicians.MapGroup("/settings").WithTags("Settings");

        if (hasEmail)
            MapEmail(group);
        if (hasWebhooks)
            WebhookEndpoints.Map(group);
        group.MapGet("/timeouts", TimeoutEndpoints.FindAsync).Produces<TimeoutsView>();
        group.MapPut("/timeouts", TimeoutEndpoints.SaveAsync).AcceptsJson<TimeoutsBody>().Produces<TimeoutsView>().ProducesSaveRefusals();
        group.MapDelete("/timeouts", TimeoutEndpoints.RestoreAsync).Produces<TimeoutsView>().ProducesSaveRefusals();
        group.MapGet("/organization", OrganizationEndpoints.FindAsync).Produces<OrganizationView>();
        group.MapPut("/organization", OrganizationEndpoints.SaveAsync).AcceptsJson<OrganizationBody>().Produces<OrganizationView>().ProducesSaveRefusals();
        group.MapDelete("/organization", OrganizationEndpoints.RestoreAsync).Produces<OrganizationView>().ProducesSaveRefusals();
        group.MapGet("/groups", GroupEndpoints.FindAsync).Produces<GroupsView>();
        group.MapPut("/groups", GroupEndpoints.SaveAsync).AcceptsJson<GroupsBody>().Produces<GroupsView>().ProducesSaveRefusals();
        group.MapDelete("/groups", GroupEndpoints.RestoreAsync).Produces<GroupsView>().ProducesSaveRefusals();
    }

    private static void MapEmail(RouteGroupBuilder group)
    {
        group.MapGet("/template", TemplateEndpoints.FindAsync).Produces<TemplateView>().ProducesRefusals(StatusCodes.Status400BadRequest);
        group.MapPut("/template", TemplateEndpoints.SaveAsync).AcceptsJson<TemplateBody>().Produces<TemplateView>().ProducesSaveRefusals();
        group.MapDelete("/template", TemplateEndpoints.RestoreAsync).Produces<TemplateView>().ProducesRefusals(StatusCodes.Status400BadRequest);
        group.MapPost("/template/preview", TemplateEndpoints.PreviewAsync).AcceptsJson<TemplateBody>().Produces<TemplatePreviewView>()
            .ProducesRefusals(StatusCodes.Status400BadRequest, StatusCodes.Status422UnprocessableEntity);
        group.MapPost("/template/test", TemplateTestEndpoint.HandleAsync).AcceptsJson<TemplateBody>().Produces<TemplateTestView>()
            .ProducesRefusals(
                StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity,
                StatusCodes.Status429TooManyRequests, StatusCodes.Status502BadGateway);
        group.MapGet("/template/history", TemplateEndpoints.HistoryAsync).Produces<TemplateListView>().ProducesRefusals(StatusCodes.Status400BadRequest);
        group.MapGet("/templates", TemplateEndpoints.ListAsync).Produces<TemplateListView>();

        group.MapGet("/email", EmailDefaultsEndpoints.FindAsync).Produces<EmailDefaultsView>();
        group.MapPut("/email", EmailDefaultsEndpoints.SaveAsync).AcceptsJson<EmailDefaultsBody>().Produces<EmailDefaultsView>().ProducesSaveRefusals();
        group.MapDelete("/email", EmailDefaultsEndpoints.RestoreAsync).Produces<EmailDefaultsView>().ProducesSaveRefusals();
    }

    private static RouteHandlerBuilder ProducesSaveRefusals(this RouteHandlerBuilder save) => save.ProducesRefusals(
        StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status422UnprocessableEntity);
}
