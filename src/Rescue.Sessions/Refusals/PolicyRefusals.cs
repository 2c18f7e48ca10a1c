using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Refusals;

/// <summary>The refusals of a policy.</summary>
internal static class PolicyRefusals
{
    /// <summary>Why a technician may not do what takes a right; null when they may.</summary>
    public static ValueTask<Refusal.Forbidden?> FindRefusalAsync(
        this PermissionPolicy policy, Technician technician, ConnectionRight right, CancellationToken cancellationToken) =>
        policy.FindRefusalAsync(technician, [right], cancellationToken);

    /// <summary>Why a technician may not do what takes several rights; null when they may.</summary>
    public static async ValueTask<Refusal.Forbidden?> FindRefusalAsync(
        this PermissionPolicy policy, Technician technician, ConnectionRight[] rights, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var decision = await policy.DecideAsync(technician, rights, cancellationToken).ConfigureAwait(false);
        return decision.IsAllowed ? null : new(decision);
    }
}
