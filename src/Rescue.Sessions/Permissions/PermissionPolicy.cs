namespace Rescue.Sessions.Permissions;

/// <summary>
/// Decides what technicians may do. The built-in one is <see cref="GroupPermissionPolicy"/>; register another to decide by the host's own roles.
/// </summary>
/// <remarks>It is asked at every action and must be safe for parallel use. An exception it throws refuses the action and reaches the caller.</remarks>
public abstract class PermissionPolicy
{
    /// <summary>Decides about several rights at once, so that a refusal can name all that are missing.</summary>
    /// <param name="technician">Who wants to act.</param>
    /// <param name="rights">The rights the action takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask<PermissionDecision> DecideAsync(
        Technician technician, IReadOnlyCollection<ConnectionRight> rights, CancellationToken cancellationToken = default);
}
