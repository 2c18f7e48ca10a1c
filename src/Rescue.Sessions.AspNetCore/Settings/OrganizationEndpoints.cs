using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Email;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary><c>/rescue/settings/organization</c>: how the tenant's organisation shows itself to its customers.</summary>
internal static class OrganizationEndpoints
{
    [Operation("getOrganization", "How the organisation shows itself to its customers.")]
    [Answers(StatusCodes.Status200OK, "As it is set; null where the product's configuration holds.", Type = typeof(OrganizationView))]
    public static async Task<IResult> FindAsync(HttpContext context, SupportSettings settings, OrganizationDirectory organizations)
    {
        var read = await settings.FindOrganizationAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false);
        var effective = await EffectiveAsync(context, organizations).ConfigureAwait(false);
        return SettingsAnswer.Of(context, read, SettingsJson.Default.OrganizationView, (set, version) => OrganizationView.Of(set, effective, version));
    }

    [Operation("saveOrganization", "Sets how the organisation shows itself to its customers.")]
    [Takes(typeof(OrganizationBody))]
    [Answers(StatusCodes.Status200OK, "As it is set now.", Type = typeof(OrganizationView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.MissingMember)]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.Outdated)]
    public static Task<IResult> SaveAsync(HttpContext context, SupportSettings settings, OrganizationDirectory organizations) => PartialSave.RunAsync(
        context,
        SettingsJson.Default.OrganizationBody,
        "name",
        settings.FindOrganizationAsync,
        settings.SaveOrganizationAsync,
        (save, organization) => AnswerAsync(context, organizations, save, organization));

    [Operation("restoreOrganization", "Goes back to the organisation as it is configured.")]
    [Answers(StatusCodes.Status200OK, "As it is set now.", Type = typeof(OrganizationView))]
    public static async Task<IResult> RestoreAsync(HttpContext context, SupportSettings settings, OrganizationDirectory organizations)
    {
        var save = await settings.SaveOrganizationAsync(TechnicianFilter.Of(context), null, null, context.RequestAborted).ConfigureAwait(false);
        return await AnswerAsync(context, organizations, save, new()).ConfigureAwait(false);
    }

    [Operation("listOrganizationVersions", "What was set for the organisation, newest first.")]
    [Answers(StatusCodes.Status200OK, "The versions.", Type = typeof(OrganizationHistoryView))]
    public static async Task<IResult> HistoryAsync(HttpContext context, SupportSettings settings)
    {
        var read = await settings.ReadOrganizationHistoryAsync(TechnicianFilter.Of(context), cancellationToken: context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(context, read, SettingsJson.Default.OrganizationHistoryView, (versions, _) => new([.. versions.Select(OrganizationVersionView.Of)]));
    }

    private static async ValueTask<IResult> AnswerAsync(HttpContext context, OrganizationDirectory organizations, SettingsSave save, OrganizationSettings set)
    {
        var effective = await EffectiveAsync(context, organizations).ConfigureAwait(false);
        return SettingsAnswer.Of(context, save, SettingsJson.Default.OrganizationView, version => OrganizationView.Of(set, effective, version));
    }

    private static async ValueTask<EffectiveOrganizationView> EffectiveAsync(HttpContext context, OrganizationDirectory organizations) => EffectiveOrganizationView.Of(
        await organizations.FindAsync(TechnicianFilter.Of(context).Tenant, context.RequestAborted).ConfigureAwait(false),
        context.RequestServices.GetService<EmailInvitations>()?.Languages ?? []);
}
