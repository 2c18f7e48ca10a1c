using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.Permissions;

/// <summary>Says in the log which of a refused technician's groups their tenant does not have: a name that was mistyped gives no rights, and no sign of itself. Thread-safe.</summary>
internal sealed partial class UnknownGroups(ILogger logger)
{
    // The names come from a sign-in, and there may be any number of them.
    private const int MostTold = 1000;
    private const int MostListed = 20;
    private readonly ConcurrentDictionary<(string Tenant, string? Group), bool> told = new();

    /// <summary>Tells each name once. A technician who has one group that is known may carry names that are meant for something else.</summary>
    public void Tell(Technician technician, IList<TechnicianGroup> groups)
    {
        if (technician.Groups.Count == 0 && IsNew(technician, null))
        {
            var all = List(groups);
            NoGroup(logger, technician.Tenant, all);
        }

        for (var i = 0; i < technician.Groups.Count; i++)
        {
            if (TechnicianGroup.Find(groups, technician.Groups[i]) is null && IsNew(technician, technician.Groups[i]))
                Tell(technician, technician.Groups[i], groups);
        }
    }

    private void Tell(Technician technician, string name, IList<TechnicianGroup> groups)
    {
        var level = technician.Groups.Any(other => TechnicianGroup.Find(groups, other) is not null) ? LogLevel.Information : LogLevel.Warning;
        var all = List(groups);
        UnknownGroup(logger, level, technician.Tenant, name, all);
    }

    // What has been told is the rule, and counting takes the locks of all.
    private bool IsNew(Technician technician, string? group) =>
        !told.ContainsKey((technician.Tenant, group)) && told.Count < MostTold && told.TryAdd((technician.Tenant, group), true);

    private static string List(IList<TechnicianGroup> groups) =>
        groups.Count == 0 ? "none" : string.Join(", ", groups.Take(MostListed).Select(group => group.Name)) + (groups.Count > MostListed ? ", …" : "");

    [LoggerMessage(EventId = 22, Message =
        "A technician of tenant {Tenant} was refused and is in the group '{Group}', which gives no rights because the tenant does not have it. It has: {Groups}. "
        + "Correct what the host puts into Technician.Groups, or add the group to Permissions.Groups or to the tenant's settings")]
    private static partial void UnknownGroup(ILogger logger, LogLevel level, string tenant, string group, string groups);

    [LoggerMessage(23, LogLevel.Warning,
        "A technician of tenant {Tenant} was refused and is in no group at all. The tenant has: {Groups}. Name one of them in Technician.Groups where the host makes the technician")]
    private static partial void NoGroup(ILogger logger, string tenant, string groups);
}
