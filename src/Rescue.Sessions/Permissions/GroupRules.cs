using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Permissions;

/// <summary>What a tree of technician groups must be.</summary>
internal static class GroupRules
{
    // The tree is walked at every action.
    private const int MostGroups = 500;
    private const int MostLevels = 16;

    /// <summary>Every problem of the groups, as sentences that name the group and the fix.</summary>
    public static IEnumerable<string> Problems(IList<TechnicianGroup> groups)
    {
        if (groups.Count > MostGroups)
        {
            yield return $"there are {groups.Count} groups. Have at most {MostGroups}.";
            yield break;
        }

        var byName = new Dictionary<string, TechnicianGroup>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups)
        {
            if (PersonName.Problem(group.Name) is { } problem)
                yield return $"a group's name {problem}";
            else if (!byName.TryAdd(group.Name, group))
                yield return $"the name '{group.Name}' is there twice. Give every group a name of its own.";
        }

        foreach (var group in groups.Where(group => group.Timeouts is not null))
        {
            foreach (var problem in TimeoutRules.Problems($"[{group.Name}].Timeouts", group.Timeouts!))
                yield return problem;
        }

        foreach (var group in groups.Where(group => group.Parent is not null))
        {
            if (!byName.ContainsKey(group.Parent!))
                yield return $"'{group.Name}' has the parent '{group.Parent}', which is not there.";
            else if (Ancestors(group, byName).Contains(group))
                yield return $"'{group.Name}' is its own ancestor. Let one group of the circle have no parent.";
            else if (Ancestors(group, byName).Count() >= MostLevels)
                yield return $"'{group.Name}' is more than {MostLevels} levels deep. Give it a parent that is nearer to the top.";
        }
    }

    // In a circle they come again and again, so there is an end to it.
    private static IEnumerable<TechnicianGroup> Ancestors(TechnicianGroup group, Dictionary<string, TechnicianGroup> byName)
    {
        var steps = byName.Count;
        while (steps-- > 0 && group.Parent is not null && byName.TryGetValue(group.Parent, out group!))
            yield return group;
    }
}
