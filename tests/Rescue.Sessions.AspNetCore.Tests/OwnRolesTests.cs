using System.Net;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Tests;

public class OwnRolesTests
{
    [Fact]
    public async Task Policy_OfTheHost_DecidesInsteadOfTheGroups()
    {
        await using var product = await TestProduct.StartAsync(policy: new OddDays());

        await product.Technician("even", group: "all").PostAsync("/rescue/sessions", new { customerName = "Ada" }, HttpStatusCode.Forbidden);
        await product.Technician("odd", group: "none").PostAsync("/rescue/sessions", new { customerName = "Ada" }, HttpStatusCode.Created);
    }

    private sealed class OddDays : PermissionPolicy
    {
        public override ValueTask<PermissionDecision> DecideAsync(
            Technician technician, IReadOnlyCollection<ConnectionRight> rights, CancellationToken cancellationToken = default) =>
            new(technician.Id == "odd"
                ? PermissionDecision.Allowed
                : new PermissionDecision([.. rights.Select(right => new MissingRight(right, MissingRightReason.NotGranted))]));
    }
}
