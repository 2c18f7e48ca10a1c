using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>The routes below <c>/rescue/settings</c>, for administrators.</summary>
internal static class SettingsEndpoints
{
    public static RouteGroupBuilder Map(RouteGroupBuilder technicians, bool hasEmail)
    {
        var group = technicians.MapGroup("/settings").WithTags("Settings").WithMetadata(new RefusesAttribute(StatusCodes.Status403Forbidden, ProblemCode.MissingRights));
        if (hasEmail)
            MapEmail(group);
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
        return group;
    }

    private static void MapEmail(RouteGroupBuilder group)
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
    }
}
