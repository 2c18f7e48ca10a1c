using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Creating;

/// <summary>
/// Whose time-outs hold: those of the technician's nearest group that has its own, else what the tenant's administrator has set, else what
/// is configured for the tenant or for everybody. Thread-safe.
/// </summary>
internal sealed class TimeoutSelection(TenantSettings settings, IOptionsMonitor<ICreatingOptions> options)
{
    // Sessions under the same settings share one object, and settings that are no longer in use are let go.
    private readonly ConditionalWeakTable<object, SessionTimeouts> shared = [];

    public async ValueTask<(SessionTimeouts Timeouts, TimeSpan CodeValidity)> ForAsync(Technician technician, CancellationToken cancellationToken)
    {
        var configured = options.CurrentValue;
        var groups = await GroupSettings.FindAsync(settings, configured.Permissions, technician.Tenant, cancellationToken).ConfigureAwait(false);
        var set = await settings.FindAsync(technician.Tenant, SettingNames.Timeouts, TimeoutJson.Default.TimeoutSettings, cancellationToken)
            .ConfigureAwait(false);
        var validity = set?.CodeValidity ?? configured.Codes.Validity;
        if (OfGroup(technician, groups) is { } group)
            return (Share(group, SessionTimeouts.From(group)), validity);
        var common = configured.TenantTimeouts.TryGetValue(technician.Tenant, out var tenant) ? tenant : configured.Timeouts;
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
