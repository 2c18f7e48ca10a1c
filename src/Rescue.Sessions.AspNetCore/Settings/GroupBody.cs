using System.ComponentModel.DataAnnotations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>A technician group to set.</summary>
internal sealed record GroupBody(
    [property: Required] string? Name,
    string? Parent,
    IReadOnlyList<ConnectionRight>? Grants,
    IReadOnlyList<ConnectionRight>? Denials,
    IReadOnlyList<ConnectionRight>? Locks,
    TimeoutOptions? Timeouts)
{
    public TechnicianGroup ToGroup() => new()
    {
        Name = Name ?? "", Parent = Parent, Grants = [.. Grants ?? []], Denials = [.. Denials ?? []], Locks = [.. Locks ?? []], Timeouts = Timeouts,
    };
}
