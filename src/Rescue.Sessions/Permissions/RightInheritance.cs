namespace Rescue.Sessions.Permissions;

/// <summary>How a group comes to a right in the tree: the nearest group that decides it, unless one further up has locked it.</summary>
internal static class RightInheritance
{
    /// <summary>What a group's members lack for a right, and where that was decided; null where they have it.</summary>
    /// <param name="right">The right.</param>
    /// <param name="own">Their group.</param>
    /// <param name="groups">The tree.</param>
    /// <param name="given">The right that groups give without a word; null for none.</param>
    public static MissingRight? Missing(ConnectionRight right, TechnicianGroup own, IList<TechnicianGroup> groups, ConnectionRight? given)
    {
        TechnicianGroup? nearest = null;
        TechnicianGroup? binding = null;
        // The walk is bounded by the number of groups; validation refuses circles, but options can change while we walk.
        var group = own;
        for (var steps = groups.Count; group is not null && steps > 0; steps--)
        {
            if (group.Decides(right) is not null)
                nearest ??= group;
            if (group.Locks.Contains(right))
                binding = group;
            group = group.Parent is null ? null : TechnicianGroup.Find(groups, group.Parent);
        }

        var deciding = binding ?? nearest;
        if (deciding is null)
            return right == given ? null : new(right, MissingRightReason.NotGranted, own.Name);
        if (deciding.Decides(right) == true)
            return null;
        return new(right, binding is not null && binding != own ? MissingRightReason.Locked : MissingRightReason.Denied, deciding.Name);
    }
}
