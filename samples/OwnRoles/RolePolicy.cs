using Rescue.Sessions;
using Rescue.Sessions.Permissions;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace OwnRoles;

/// <summary>Decides by the host's own roles instead of the technician groups. The host puts the roles into <see cref="Technician.Groups"/>.</summary>
internal sealed class RolePolicy : PermissionPolicy
{
    private static readonly Dictionary<string, ConnectionRight[]> RightsOf = new()
    {
        ["agent"] = [PrivateSessions, PinConnection, EmailConnection, EmailDefaultClient, ColleaguesSessions],
        ["lead"] = [PrivateSessions, PinConnection, EmailConnection, EmailDefaultClient, EmailOnBehalf, MobileAddOn, Hold, Transfer, InviteGuests, ColleaguesSessions],
    };

    public override ValueTask<PermissionDecision> DecideAsync(
        Technician technician, IReadOnlyCollection<ConnectionRight> rights, CancellationToken cancellationToken = default)
    {
        var granted = technician.Groups.SelectMany(role => RightsOf.GetValueOrDefault(role, []));
        var missing = rights.Except(granted).Select(right => new MissingRight(right, MissingRightReason.NotGranted));
        return ValueTask.FromResult(new PermissionDecision([.. missing]));
    }
}
