using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary><c>/rescue/settings/groups</c>: the tree of technician groups and its rights.</summary>
internal static class GroupEndpoints
{
    [Operation("getGroups", "The technician groups, by which rights are decided.")]
    [Answers(StatusCodes.Status200OK, "All groups that hold, whether set or configured.", Type = typeof(GroupsView))]
    public static async Task<IResult> FindAsync(HttpContext context, SupportSettings settings)
    {
        var read = await settings.FindGroupsAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(context, read, SettingsJson.Default.GroupsView, GroupsView.Of);
    }

    [Operation("saveGroups", "Sets the technician groups, by which rights are decided.")]
    [Takes(typeof(GroupsBody))]
    [Answers(StatusCodes.Status200OK, "As it is set now.", Type = typeof(GroupsView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.MissingMember)]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.Outdated)]
    public static async Task<IResult> SaveAsync(HttpContext context, SupportSettings settings)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, SettingsJson.Default.GroupsBody, SettingsAnswer.MaxBody).ConfigureAwait(false);
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
            : SettingsAnswer.Of(context, save, SettingsJson.Default.GroupsView, version => GroupsView.Of(groups!, version));
    }

    [Operation("restoreGroups", "Goes back to the configured groups.")]
    [Answers(StatusCodes.Status200OK, "All groups that hold now.", Type = typeof(GroupsView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.InvalidRequest)]
    public static async Task<IResult> RestoreAsync(HttpContext context, SupportSettings settings)
    {
        var save = await settings.SaveGroupsAsync(TechnicianFilter.Of(context), null, null, context.RequestAborted).ConfigureAwait(false);
        return save is SettingsSave.Saved
            ? await FindAsync(context, settings).ConfigureAwait(false)
            : SettingsAnswer.Of(context, save, SettingsJson.Default.GroupsView, version => GroupsView.Of([], version));
    }
}
