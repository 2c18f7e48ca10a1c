using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Permissions;

/// <summary>The document that holds a tenant's technician groups.</summary>
internal sealed record GroupSettings(IList<TechnicianGroup> Groups)
{
    /// <summary>The groups that hold for a tenant: those its administrator has saved, else the configured ones.</summary>
    public static ValueTask<IList<TechnicianGroup>> FindAsync(
        TenantSettings settings, PermissionOptions configured, string tenant, CancellationToken cancellationToken)
    {
        var finding = settings.FindAsync(tenant, SettingNames.Groups, GroupJson.Default.GroupSettings, cancellationToken);
        return finding.IsCompletedSuccessfully ? new(Choose(finding.Result, configured)) : AwaitAsync(finding, configured);
    }

    private static async ValueTask<IList<TechnicianGroup>> AwaitAsync(ValueTask<GroupSettings?> finding, PermissionOptions configured) =>
        Choose(await finding.ConfigureAwait(false), configured);

    private static IList<TechnicianGroup> Choose(GroupSettings? saved, PermissionOptions configured) => saved?.Groups ?? configured.Groups;
}
