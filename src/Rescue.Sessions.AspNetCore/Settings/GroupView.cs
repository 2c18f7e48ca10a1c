using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>A technician group, in both directions.</summary>
internal sealed record GroupView(
    string? Name,
    string? Parent,
    IReadOnlyList<ConnectionRight>? Grants,
    IReadOnlyList<ConnectionRight>? Denials,
    IReadOnlyList<ConnectionRight>? Locks,
    TimeoutOptions? Timeouts)
{
    public static GroupView Of(TechnicianGroup group) =>
        new(group.Name, group.Parent, [.. group.Grants], [.. group.Denials], [.. group.Locks], group.Timeouts);

    public TechnicianGroup ToGroup() => new()
    {
        Name = Name ?? "", Parent = Parent, Grants = [.. Grants ?? []], Denials = [.. Denials ?? []], Locks = [.. Locks ?? []], Timeouts = Timeouts,
    };
}
