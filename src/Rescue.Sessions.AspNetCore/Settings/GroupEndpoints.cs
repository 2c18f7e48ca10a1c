using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Technicians;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary><c>/rescue/settings/groups</c>: the tree of technician groups and its rights.</summary>
internal static class GroupEndpoints
{
    public static async Task<IResult> FindAsync(HttpContext context, SupportSettings settings)
    {
        var read = await settings.FindGroupsAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(read, RescueJson.Default.GroupsView, GroupsView.Of);
    }

    public static async Task<IResult> SaveAsync(HttpContext context, SupportSettings settings)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, RescueJson.Default.GroupsBody, SettingsAnswer.MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        if (body.Groups?.Contains(null) == true)
            return ProblemResults.Invalid("groups", "A group must be an object with a name.");
        var technician = TechnicianFilter.Of(context);
        var groups = body.Groups?.Select(group => group!.ToGroup()).ToList();
        var save = await settings.SaveGroupsAsync(technician, groups, body.Version, context.RequestAborted).ConfigureAwait(false);
        // Going back to what is configured is answered with what that is.
        return save is SettingsSave.Saved && groups is null
            ? await FindAsync(context, settings).ConfigureAwait(false)
            : SettingsAnswer.Of(save, RescueJson.Default.GroupsView, version => GroupsView.Of(groups!, version));
    }

    public static async Task<IResult> RestoreAsync(HttpContext context, SupportSettings settings)
    {
        var save = await settings.SaveGroupsAsync(TechnicianFilter.Of(context), null, null, context.RequestAborted).ConfigureAwait(false);
        return save is SettingsSave.Saved
            ? await FindAsync(context, settings).ConfigureAwait(false)
            : SettingsAnswer.Of(save, RescueJson.Default.GroupsView, version => GroupsView.Of([], version));
    }
}
