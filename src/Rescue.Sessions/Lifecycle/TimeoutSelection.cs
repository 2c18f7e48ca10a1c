using System.Runtime.CompilerServices;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Lifecycle;

/// <summary>Whose time-outs hold: those of the technician's nearest group that has its own, else the tenant's, else everybody's.</summary>
internal static class TimeoutSelection
{
    // Sessions under the same settings share one object, and settings that are no longer in use are let go.
    private static readonly ConditionalWeakTable<TimeoutOptions, SessionTimeouts> Shared = [];

    public static SessionTimeouts For(Technician technician, RescueSessionsOptions options)
    {
        var settings = OfGroup(technician, options.Permissions.Groups)
            ?? (options.TenantTimeouts.TryGetValue(technician.Tenant, out var tenant) ? tenant : options.Timeouts);
        var current = SessionTimeouts.From(settings);
        // Options are mutable: what is shared must be what they say now.
        if (Shared.TryGetValue(settings, out var shared) && shared == current)
            return shared;
        Shared.AddOrUpdate(settings, current);
        return current;
    }

    private static TimeoutOptions? OfGroup(Technician technician, IList<TechnicianGroup> groups)
    {
        foreach (var name in technician.Groups)
        {
            var group = TechnicianGroup.Find(groups, name);
            for (var steps = groups.Count; group is not null && steps > 0; steps--)
            {
                if (group.Timeouts is { } own)
                    return own;
                group = group.Parent is null ? null : TechnicianGroup.Find(groups, group.Parent);
            }
        }

        return null;
    }
}
