using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Permissions;

/// <summary>Keeps technicians to their own sessions where the host wants that (<see cref="TechnicianOptions.OwnSessionsOnly"/>). Thread-safe.</summary>
internal sealed class OwnSessions(PermissionPolicy policy, IOptionsMonitor<IPermissionOptions> options)
{
    /// <summary>Whether a technician is kept to their own. Where nobody is, no policy is asked.</summary>
    public async ValueTask<bool> BindAsync(Technician technician, CancellationToken cancellationToken) =>
        options.CurrentValue.Technicians.OwnSessionsOnly
        && !(await policy.DecideAsync(technician, [ConnectionRight.ColleaguesSessions], cancellationToken).ConfigureAwait(false)).IsAllowed;
}
