namespace HelpDesk.Tests.Architecture;

/// <summary>Folders of a package, and which of them stand on which.</summary>
internal sealed class FolderGraph(IEnumerable<FolderArrow> arrows)
{
    private readonly ILookup<string, string> below = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);

    /// <summary>Whether a folder stands on another, be it by way of others.</summary>
    public bool Leads(string from, string to) => Below(from).Contains(to);

    /// <summary>An arrow that says nothing, because others say it.</summary>
    public bool IsImplied(FolderArrow arrow) => below[arrow.From].Any(next => next != arrow.To && Leads(next, arrow.To));

    /// <summary>The folders that stand on themselves.</summary>
    public IEnumerable<string> Circle => below.Select(arrows => arrows.Key).Where(folder => Leads(folder, folder));

    private HashSet<string> Below(string folder)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(below[folder]);
        while (open.TryPop(out var next))
        {
            if (!found.Add(next))
                continue;
            foreach (var further in below[next])
                open.Push(further);
        }

        return found;
    }
}
