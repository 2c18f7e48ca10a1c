using Rescue.Sessions;
using Rescue.Sessions.Permissions;

namespace HelpDesk.Tests.AtActive;

/// <summary>Allows everything, and fails once when it is told to, as one does that asks a store which is away.</summary>
internal sealed class FailingPolicy : PermissionPolicy
{
    private readonly TaskCompletionSource failed = new();
    private int failures;

    /// <summary>Completes when it has failed.</summary>
    public Task HasFailed => failed.Task;

    public void FailOnce() => failures = 1;

    public override ValueTask<PermissionDecision> DecideAsync(
        Technician technician, IReadOnlyCollection<ConnectionRight> rights, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref failures, 0) == 0)
            return new(PermissionDecision.Allowed);
        failed.SetResult();
        throw new TimeoutException("The store is away.");
    }
}
