using System.Collections.Immutable;
using System.Text.Json;
using Rescue.Sessions.Administration;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions;

/// <summary>
/// The administrator's door: a tenant's time-outs, the rights of its technician groups and how its organisation shows itself. Every call takes the right to manage settings. Thread-safe.
/// </summary>
/// <remarks>What is saved holds for the next request on this node and within a second on every other; sessions under way keep the times they were made with.</remarks>
public sealed class SupportSettings
{
    private readonly AdministeredSettings documents;
    private readonly OrganizationDirectory organizations;
    private readonly OrganizationNames names;
    private readonly GroupPermissionPolicy tree;

    internal SupportSettings(AdministeredSettings documents, OrganizationDirectory organizations, OrganizationNames names, GroupPermissionPolicy tree)
    {
        this.documents = documents;
        this.organizations = organizations;
        this.names = names;
        this.tree = tree;
    }

    /// <summary>The times set for the technician's tenant; null in each where the host's configuration holds.</summary>
    public ValueTask<SettingsRead<TimeoutSettings>> FindTimeoutsAsync(Technician technician, CancellationToken cancellationToken = default) =>
        documents.FindAsync(technician, SettingNames.Timeouts, TimeoutJson.Default.TimeoutSettings, () => new(), cancellationToken);

    /// <summary>Sets the times of the technician's tenant, for sessions made from now on.</summary>
    /// <param name="technician">Who saves.</param>
    /// <param name="timeouts">The times; null goes back to what the host configured.</param>
    /// <param name="basedOn">The version the author saw, 0 for none; null saves whatever there is.</param>
    /// <param name="cancellationToken">Ends the wait; it may be saved all the same.</param>
    public ValueTask<SettingsSave> SaveTimeoutsAsync(
        Technician technician, TimeoutSettings? timeouts, long? basedOn = null, CancellationToken cancellationToken = default) =>
        documents.SaveAsync(
            technician, SettingNames.Timeouts, timeouts, TimeoutJson.Default.TimeoutSettings, basedOn, () => new(timeouts?.Problems() ?? []), cancellationToken);

    /// <summary>The technician groups of the technician's tenant.</summary>
    public async ValueTask<SettingsRead<IReadOnlyList<TechnicianGroup>>> FindGroupsAsync(
        Technician technician, CancellationToken cancellationToken = default) =>
        await documents.FindAsync(technician, SettingNames.Groups, GroupJson.Default.GroupSettings, Configured, cancellationToken).ConfigureAwait(false) switch
        {
            SettingsRead<GroupSettings>.Found found => new SettingsRead<IReadOnlyList<TechnicianGroup>>.Found([.. found.Value.Groups], found.Version),
            SettingsRead<GroupSettings>.Refused refused => new SettingsRead<IReadOnlyList<TechnicianGroup>>.Refused(refused.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>
    /// Sets the technician groups of the technician's tenant. They are what <see cref="GroupPermissionPolicy"/> decides by; a change that would
    /// take the right to manage settings from its own author is refused, for nobody might be left to mend it.
    /// </summary>
    /// <param name="technician">Who saves.</param>
    /// <param name="groups">All groups; null goes back to what the host configured.</param>
    /// <param name="basedOn">The version the author saw, 0 for none; null saves whatever there is.</param>
    /// <param name="cancellationToken">Ends the wait; it may be saved all the same.</param>
    public ValueTask<SettingsSave> SaveGroupsAsync(
        Technician technician, IReadOnlyList<TechnicianGroup>? groups, long? basedOn = null, CancellationToken cancellationToken = default)
    {
        var value = groups is null ? null : new GroupSettings([.. groups]);
        return documents.SaveAsync(
            technician, SettingNames.Groups, value, GroupJson.Default.GroupSettings, basedOn, () => ProblemsOfAsync(technician, value, cancellationToken), cancellationToken);
    }

    /// <summary>What is set for the organisation of the technician's tenant; <see cref="OrganizationDirectory.FindAsync"/> says what holds.</summary>
    public ValueTask<SettingsRead<OrganizationSettings>> FindOrganizationAsync(Technician technician, CancellationToken cancellationToken = default) =>
        documents.FindAsync(technician, SettingNames.Organization, OrganizationJson.Default.OrganizationSettings, () => new(), cancellationToken);

    /// <summary>
    /// Sets how the organisation of the technician's tenant shows itself: for messages, links and pages from now on, those of open sessions included. A host
    /// name and a sender's domain that are another organisation's are refused.
    /// </summary>
    /// <param name="technician">Who saves.</param>
    /// <param name="organization">What is set; null goes back to what the host configured.</param>
    /// <param name="basedOn">The version the author saw, 0 for none; null saves whatever there is.</param>
    /// <param name="cancellationToken">Ends the wait; it may be saved all the same.</param>
    public async ValueTask<SettingsSave> SaveOrganizationAsync(
        Technician technician, OrganizationSettings? organization, long? basedOn = null, CancellationToken cancellationToken = default)
    {
        var read = await FindOrganizationAsync(technician, cancellationToken).ConfigureAwait(false);
        if (read is SettingsRead<OrganizationSettings>.Refused refused)
            return new SettingsSave.Refused(refused.Reason);
        var before = ((SettingsRead<OrganizationSettings>.Found)read).Value;
        var configured = organizations.Configured;
        ImmutableArray<FieldProblem> problems = organization is null
            ? []
            : [.. OrganizationRules.Problems(organization), .. await organizations.ForeignAsync(technician.Tenant, organization, configured, cancellationToken).ConfigureAwait(false)];
        if (problems.IsEmpty && organization is not null)
            problems = await names.TakeAsync(technician, organization, configured, cancellationToken).ConfigureAwait(false);
        var save = await documents.SaveAsync(
            technician, SettingNames.Organization, organization, OrganizationJson.Default.OrganizationSettings, basedOn, () => new(problems), cancellationToken)
            .ConfigureAwait(false);
        // Whoever saved at the same time may have given up what was taken for this, while no setting held it yet.
        if (save is SettingsSave.Saved && organization is not null)
            await names.TakeAsync(technician, organization, configured, cancellationToken).ConfigureAwait(false);
        // What was not saved has taken nothing, and what was replaced holds nothing any more.
        var left = save is SettingsSave.Saved ? before : organization;
        await names.ReleaseAsync(technician, left ?? new(), configured, cancellationToken).ConfigureAwait(false);
        return save;
    }

    /// <summary>What was set for the organisation of the technician's tenant, newest first.</summary>
    /// <param name="technician">Who asks.</param>
    /// <param name="limit">The most versions, 1 to 200.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 200.</exception>
    public ValueTask<SettingsRead<ImmutableArray<SavedOrganization>>> ReadOrganizationHistoryAsync(
        Technician technician, int limit = 50, CancellationToken cancellationToken = default) =>
        documents.ReadHistoryAsync(
            technician, SettingNames.Organization, limit, versions => new ValueTask<ImmutableArray<SavedOrganization>>([.. versions.Select(Saved)]), cancellationToken);

    private static SavedOrganization Saved(SettingVersion version) => new(
        version.Value is { } json ? JsonSerializer.Deserialize(json, OrganizationJson.Default.OrganizationSettings) : null, version);

    private async ValueTask<ImmutableArray<FieldProblem>> ProblemsOfAsync(Technician technician, GroupSettings? groups, CancellationToken cancellationToken)
    {
        var problems = groups is null ? [] : GroupRules.Problems(groups.Groups).Select(problem => new FieldProblem("groups", problem)).ToImmutableArray();
        if (!problems.IsEmpty)
            return problems;
        var before = await tree.FindGroupsAsync(technician.Tenant, cancellationToken).ConfigureAwait(false);
        return MayManage(technician, before) && !MayManage(technician, (groups ?? Configured()).Groups)
            ? [new("groups", "This would take the right to manage settings from yourself. Leave it to your own group, or let another administrator do it.")]
            : [];
    }

    private GroupSettings Configured() => new(tree.Configured);

    private static bool MayManage(Technician technician, IList<TechnicianGroup> groups) =>
        GroupPermissionPolicy.Decide(technician, [ConnectionRight.ManageSettings], groups).IsAllowed;
}
