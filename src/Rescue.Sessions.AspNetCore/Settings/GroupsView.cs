using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

internal sealed record GroupsView(IReadOnlyList<GroupView> Groups, long? Version)
{
    public static GroupsView Of(IReadOnlyList<TechnicianGroup> groups, SettingVersion? version) => new([.. groups.Select(GroupView.Of)], version?.Version);
}
