using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>A technician group; its times are null where those of the group above hold.</summary>
internal sealed record GroupView(
    string Name,
    string? Parent,
    IReadOnlyList<ConnectionRight> Grants,
    IReadOnlyList<ConnectionRight> Denials,
    IReadOnlyList<ConnectionRight> Locks,
    TimeoutOptions? Timeouts)
{
    public static GroupView Of(TechnicianGroup group) =>
        new(group.Name, group.Parent, [.. group.Grants], [.. group.Denials], [.. group.Locks], group.Timeouts);
}
