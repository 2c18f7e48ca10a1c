using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Email.Settings;

/// <summary>The right that every setting of emails takes.</summary>
internal static class SettingsRight
{
    /// <summary>Why a technician may not manage settings; null when they may.</summary>
    public static async ValueTask<Refusal.Forbidden?> FindRefusalAsync(this PermissionPolicy policy, Technician technician, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var decision = await policy.DecideAsync(technician, [ConnectionRight.ManageSettings], cancellationToken).ConfigureAwait(false);
        return decision.IsAllowed ? null : new(decision);
    }
}
