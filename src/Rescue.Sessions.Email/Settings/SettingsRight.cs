using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Email.Settings;

/// <summary>The right that every setting of emails takes.</summary>
internal static class SettingsRight
{
    /// <summary>The decision by which a technician lacks the right to manage settings; null when they have it.</summary>
    public static async ValueTask<PermissionDecision?> FindMissingAsync(this PermissionPolicy policy, Technician technician, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var decision = await policy.DecideAsync(technician, [ConnectionRight.ManageSettings], cancellationToken).ConfigureAwait(false);
        return decision.IsAllowed ? null : decision;
    }
}
