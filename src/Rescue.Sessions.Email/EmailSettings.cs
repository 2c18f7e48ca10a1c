using System.Text.Json;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Email;

/// <summary>The administrator's door to the language and time zone of messages that are given none. What is set takes the right to manage settings. Thread-safe.</summary>
/// <remarks>What is saved holds for the next message on this node and within a second on every other.</remarks>
public sealed class EmailSettings
{
    private readonly TenantSettings settings;
    private readonly TemplateSelection selection;
    private readonly PermissionPolicy policy;
    private readonly TimeProvider time;

    internal EmailSettings(TenantSettings settings, TemplateSelection selection, PermissionPolicy policy, TimeProvider time)
    {
        this.settings = settings;
        this.selection = selection;
        this.policy = policy;
        this.time = time;
    }

    /// <summary>The language and time zone that the tenant's messages have when nothing else is said; both are set.</summary>
    public ValueTask<EmailDefaults> FindEffectiveAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return selection.FindDefaultsAsync(technician.Tenant, cancellationToken);
    }

    /// <summary>The language and time zone of the tenant's messages; null in each where the host's configuration holds.</summary>
    public async ValueTask<SettingsRead<EmailDefaults>> FindAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        if (await policy.FindRefusalAsync(technician, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new SettingsRead<EmailDefaults>.Refused(refusal);
        var versions = await settings.FindAllAsync(technician.Tenant, EmailDefaults.SettingName, cancellationToken).ConfigureAwait(false);
        var version = versions.FirstOrDefault(version => version.Name == EmailDefaults.SettingName);
        var value = version?.Value is { } json ? JsonSerializer.Deserialize(json, EmailSettingsJson.Default.EmailDefaults) : null;
        return new SettingsRead<EmailDefaults>.Found(value ?? new(), version);
    }

    /// <summary>Sets the language and time zone of the tenant's messages; null goes back to what the host configured.</summary>
    public async ValueTask<SettingsSave> SaveAsync(
        Technician technician, EmailDefaults? defaults, long? basedOn = null, CancellationToken cancellationToken = default)
    {
        if (await policy.FindRefusalAsync(technician, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new SettingsSave.Refused(refusal);
        if (defaults?.Problems() is [_, ..] problems)
            return new SettingsSave.Refused(new Refusal.Invalid([.. problems]));
        var change = new SettingChange
        {
            Tenant = technician.Tenant,
            Name = EmailDefaults.SettingName,
            Value = defaults is null ? null : JsonSerializer.Serialize(defaults, EmailSettingsJson.Default.EmailDefaults),
            By = new(technician.Id, technician.Name),
            At = time.GetUtcNow(),
            BasedOn = basedOn,
        };
        var result = await settings.SaveAsync(change, cancellationToken).ConfigureAwait(false);
        return result.Saved ? new SettingsSave.Saved(result.Latest) : new SettingsSave.Refused(new Refusal.Outdated(result.Latest));
    }
}
