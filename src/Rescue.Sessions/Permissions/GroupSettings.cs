using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Permissions;

/// <summary>The document that holds a tenant's technician groups.</summary>
internal sealed record GroupSettings(IList<TechnicianGroup> Groups)
{
    /// <summary>The groups that hold for a tenant: those its administrator has saved, else the configured ones.</summary>
    public static async ValueTask<IList<TechnicianGroup>> FindAsync(
        TenantSettings settings, RescueSessionsOptions configured, string tenant, CancellationToken cancellationToken)
    {
        var saved = await settings.FindAsync(tenant, SettingNames.Groups, SettingsJson.Default.GroupSettings, cancellationToken).ConfigureAwait(false);
        return saved?.Groups ?? configured.Permissions.Groups;
    }
}
