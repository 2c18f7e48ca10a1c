using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Permissions;

/// <summary>
/// Decides by the tree of technician groups: the one an administrator has saved for the tenant, else the configured one. Of a technician's
/// groups one that gives a right is enough. Thread-safe; follows changes.
/// </summary>
public sealed class GroupPermissionPolicy : PermissionPolicy
{
    private readonly TenantSettings settings;
    private readonly IOptionsMonitor<IPermissionOptions> options;
    private readonly UnknownGroups unknown;

    /// <summary>Decides by what is saved or, where nothing is, by <see cref="RescueSessionsOptions.Permissions"/>.</summary>
    internal GroupPermissionPolicy(TenantSettings settings, IOptionsMonitor<IPermissionOptions> options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        this.settings = settings;
        this.options = options;
        unknown = new(logger);
    }

    /// <inheritdoc/>
    public override ValueTask<PermissionDecision> DecideAsync(
        Technician technician, IReadOnlyCollection<ConnectionRight> rights, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(rights);
        // Asked at every action, and answered at once but for the first time in a second.
        var finding = FindSavedAsync(technician.Tenant, cancellationToken);
        return finding.IsCompletedSuccessfully ? new(Answer(technician, rights, finding.Result)) : AnswerAsync(technician, rights, finding);
    }

    /// <summary>The groups that hold for a tenant: those its administrator has saved, else the configured ones.</summary>
    internal async ValueTask<IList<TechnicianGroup>> FindGroupsAsync(string tenant, CancellationToken cancellationToken) =>
        Effective(await FindSavedAsync(tenant, cancellationToken).ConfigureAwait(false));

    internal static PermissionDecision Decide(
        Technician technician, IReadOnlyCollection<ConnectionRight> rights, IList<TechnicianGroup> groups, ConnectionRight? given = null)
    {
        List<MissingRight>? missing = null;
        foreach (var right in rights)
        {
            if (Missing(right, technician, groups, given) is { } lacking)
                (missing ??= []).Add(lacking);
        }

        return missing is null ? PermissionDecision.Allowed : new PermissionDecision(missing);
    }

    internal IList<TechnicianGroup> Configured => options.CurrentValue.Permissions.Groups;

    // What groups give without a word.
    private ConnectionRight? Default => options.CurrentValue.Technicians.OwnSessionsOnly ? null : ConnectionRight.ColleaguesSessions;

    private ValueTask<GroupSettings?> FindSavedAsync(string tenant, CancellationToken cancellationToken) =>
        settings.FindAsync(tenant, SettingNames.Groups, GroupJson.Default.GroupSettings, cancellationToken);

    private IList<TechnicianGroup> Effective(GroupSettings? saved) => saved?.Groups ?? Configured;

    private async ValueTask<PermissionDecision> AnswerAsync(
        Technician technician, IReadOnlyCollection<ConnectionRight> rights, ValueTask<GroupSettings?> finding) =>
        Answer(technician, rights, await finding.ConfigureAwait(false));

    private PermissionDecision Answer(Technician technician, IReadOnlyCollection<ConnectionRight> rights, GroupSettings? saved)
    {
        var groups = Effective(saved);
        var decision = Decide(technician, rights, groups, Default);
        if (!decision.IsAllowed)
            unknown.Tell(technician, groups);
        return decision;
    }

    private static MissingRight? Missing(ConnectionRight right, Technician technician, IList<TechnicianGroup> groups, ConnectionRight? given)
    {
        MissingRight? first = null;
        for (var i = 0; i < technician.Groups.Count; i++)
        {
            if (TechnicianGroup.Find(groups, technician.Groups[i]) is not { } group)
                continue;
            var missing = Missing(right, group, groups, given);
            if (missing is null)
                return null;
            first ??= missing;
        }

        return first ?? new MissingRight(right, MissingRightReason.NoGroup);
    }

    // In the tree the nearest group that decides a right does so, unless one further up has locked it.
    private static MissingRight? Missing(ConnectionRight right, TechnicianGroup own, IList<TechnicianGroup> groups, ConnectionRight? given)
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
