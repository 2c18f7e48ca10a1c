namespace Rescue.Sessions.Permissions;

/// <summary>The technician groups of the built-in policy.</summary>
public sealed class PermissionOptions
{
    /// <summary>The groups; parents may stand in any order. A technician in no group has no right.</summary>
    public IList<TechnicianGroup> Groups { get; } = [];
}
