using Rescue.Sessions.Administration;
using Rescue.Sessions.Email.Settings;

namespace Rescue.Sessions.Email;

/// <summary>The administrator's door to the language and time zone of messages that are given none. What is set takes the right to manage settings. Thread-safe.</summary>
/// <remarks>What is saved holds for the next message on this node and within a second on every other.</remarks>
public sealed class EmailSettings
{
    private readonly AdministeredSettings documents;
    private readonly TemplateSelection selection;

    internal EmailSettings(AdministeredSettings documents, TemplateSelection selection)
    {
        this.documents = documents;
        this.selection = selection;
    }

    /// <summary>The language and time zone that the tenant's messages have when nothing else is said; both are set.</summary>
    public ValueTask<EmailDefaults> FindEffectiveAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return selection.FindDefaultsAsync(technician.Tenant, cancellationToken);
    }

    /// <summary>The language and time zone of the tenant's messages; null in each where the host's configuration holds.</summary>
    public ValueTask<SettingsRead<EmailDefaults>> FindAsync(Technician technician, CancellationToken cancellationToken = default) =>
        documents.FindAsync(technician, EmailDefaults.SettingName, EmailSettingsJson.Default.EmailDefaults, () => new(), cancellationToken);

    /// <summary>Sets the language and time zone of the tenant's messages; null goes back to what the host configured.</summary>
    public ValueTask<SettingsSave> SaveAsync(
        Technician technician, EmailDefaults? defaults, long? basedOn = null, CancellationToken cancellationToken = default) =>
        documents.SaveAsync(
            technician, EmailDefaults.SettingName, defaults, EmailSettingsJson.Default.EmailDefaults, basedOn, () => new([.. defaults?.Problems() ?? []]), cancellationToken);
}
