using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Permissions;

/// <summary>
/// A group of technicians in a tree of groups. What a group does not decide, its parent decides; a right that a group locks is
/// decided there for the whole branch below it.
/// </summary>
public sealed class TechnicianGroup
{
    /// <summary>The group's unique name, as <see cref="Technician.Groups"/> names it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name of the parent group; null for a root.</summary>
    public string? Parent { get; set; }

    /// <summary>The rights the group gives.</summary>
    public IList<ConnectionRight> Grants { get; init; } = [];

    /// <summary>The rights the group takes away, whatever its parent gives.</summary>
    public IList<ConnectionRight> Denials { get; init; } = [];

    /// <summary>The rights whose decision here binds every group below.</summary>
    public IList<ConnectionRight> Locks { get; init; } = [];

    /// <summary>The time-outs of sessions that the group's technicians make; null for those of the parent group.</summary>
    public TimeoutOptions? Timeouts { get; set; }

    internal static TechnicianGroup? Find(IList<TechnicianGroup> groups, string name)
    {
        // Asked at every action: an enumerator of the interface would be allocated each time.
        for (var i = 0; i < groups.Count; i++)
        {
            if (string.Equals(groups[i].Name, name, StringComparison.OrdinalIgnoreCase))
                return groups[i];
        }

        return null;
    }

    internal bool? Decides(ConnectionRight right) =>
        Denials.Contains(right) ? false : Grants.Contains(right) ? true : Locks.Contains(right) ? false : null;
}
