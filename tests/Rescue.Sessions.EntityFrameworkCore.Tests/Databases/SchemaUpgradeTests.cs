using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Databases;

public sealed class SchemaUpgradeTests
{
    private const int Nodes = 6;

    [Fact]
    public async Task Run_ByManyNodesAtOnce_UpgradesOnce()
    {
        using var engine = new PostgreSqlEngine(withSchema: false);

        var starts = Enumerable.Range(0, Nodes).Select(_ => Task.Run(engine.Upgrade, TestContext.Current.CancellationToken));

        await Task.WhenAll(starts);
        (await engine.OpenSessions().ListAsync(new() { Tenant = "acme" }, TestContext.Current.CancellationToken)).Should().BeEmpty();
    }
}
