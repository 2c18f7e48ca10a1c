using Rescue.Sessions;
using Rescue.Sessions.Permissions;

namespace Guides.Tests.Snippets;

internal sealed class ProductPolicy(GroupPermissionPolicy groups) : PermissionPolicy
{
    private const string Product = "product:helpdesk";   // an id that your sign-in gives to nobody

    public static Technician For(string tenant) => new(Product, "Help desk") { Tenant = tenant };

    public override ValueTask<PermissionDecision> DecideAsync(
        Technician technician, IReadOnlyCollection<ConnectionRight> rights, CancellationToken cancellationToken = default) =>
        technician.Id == Product ? new(PermissionDecision.Allowed) : groups.DecideAsync(technician, rights, cancellationToken);
}
