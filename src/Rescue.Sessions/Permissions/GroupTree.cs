using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Permissions;

/// <summary>What a tree of technician groups must be.</summary>
internal static class GroupTree
{
    /// <summary>Every problem of the groups, as sentences that name the group and the fix.</summary>
    public static IEnumerable<string> Problems(IList<TechnicianGroup> groups)
    {
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
            else if (IsInCircle(group, byName))
                yield return $"'{group.Name}' is its own ancestor. Let one group of the circle have no parent.";
        }
    }

    private static bool IsInCircle(TechnicianGroup start, Dictionary<string, TechnicianGroup> byName)
    {
        var group = start;
        for (var steps = byName.Count; steps >= 0; steps--)
        {
            if (group.Parent is null || !byName.TryGetValue(group.Parent, out group))
                return false;
            if (group == start)
                return true;
        }

        return false;
    }
}
