using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Creating;

/// <summary>
/// Whose time-outs hold: those of the technician's nearest group that has its own (of two equally near, the one named first), else what the tenant's administrator has set, else what
/// is configured for the tenant or for everybody. Thread-safe.
/// </summary>
internal sealed class TimeoutSelection(TenantSettings settings, GroupPermissionPolicy tree, IOptionsMonitor<ICreatingOptions> options)
{
    // Sessions under the same settings share one object, and settings that are no longer in use are let go.
    private readonly ConditionalWeakTable<object, SessionTimeouts> shared = [];

    public ValueTask<(SessionTimeouts Timeouts, TimeSpan CodeValidity)> ForAsync(Technician technician, CancellationToken cancellationToken) =>
        ForAsync(technician.Tenant, technician.Groups, cancellationToken);

    /// <summary>Those of a session in a tenant, made by somebody who is in these groups.</summary>
    public async ValueTask<(SessionTimeouts Timeouts, TimeSpan CodeValidity)> ForAsync(
        string tenant, IReadOnlyList<string> memberships, CancellationToken cancellationToken)
    {
        var configured = options.CurrentValue;
        var groups = await tree.FindGroupsAsync(tenant, cancellationToken).ConfigureAwait(false);
        var set = await settings.FindAsync(tenant, SettingNames.Timeouts, TimeoutJson.Default.TimeoutSettings, cancellationToken)
            .ConfigureAwait(false);
        var validity = set?.CodeValidity ?? configured.Codes.Validity;
        if (OfGroup(memberships, groups) is { } group)
            return (Share(group, SessionTimeouts.From(group)), validity);
        var common = configured.TenantTimeouts.TryGetValue(tenant, out var own) ? own : configured.Timeouts;
        var timeouts = SessionTimeouts.From(common);
        return (set is null ? Share(common, timeouts) : Share(set, set.Over(timeouts)), validity);
    }

    private SessionTimeouts Share(object key, SessionTimeouts current)
    {
        // Options are mutable: what is shared must be what they say now.
        if (shared.TryGetValue(key, out var known) && known == current)
            return known;
        shared.AddOrUpdate(key, current);
        return current;
    }

    private static TimeoutOptions? OfGroup(IReadOnlyList<string> memberships, IList<TechnicianGroup> groups)
    {
        // A level at a time: a group that the technician is in is nearer than the parent of another.
        TechnicianGroup[] level = [.. memberships.Select(name => TechnicianGroup.Find(groups, name)).OfType<TechnicianGroup>()];
        for (var steps = groups.Count; level.Length > 0 && steps > 0; steps--)
        {
            if (level.FirstOrDefault(group => group.Timeouts is not null) is { } nearest)
                return nearest.Timeouts;
            level = [.. level.Select(group => group.Parent is null ? null : TechnicianGroup.Find(groups, group.Parent)).OfType<TechnicianGroup>()];
        }

        return null;
    }
}
