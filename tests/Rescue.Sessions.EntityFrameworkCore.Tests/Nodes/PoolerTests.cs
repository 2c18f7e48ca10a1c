using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>Eight sessions of the server for two nodes and forty customers at once, each transaction in any of them.</summary>
public sealed class PoolerTests
{
    private const int Customers = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pooler_ThatSharesSessions_SeesEveryOperationThrough()
    {
        using var engine = new PgBouncerEngine(withSchema: false);
        await using var one = await Node.StartAsync(engine, Wide);
        await using var other = await Node.StartAsync(engine, Wide);

        var lives = await Task.WhenAll(Enumerable.Range(0, Customers).Select(i => LiveAsync(one, other, byPin: i % 2 == 0)));

        lives.Should().AllBeOfType<SessionResult.Done>().And.HaveCount(Customers);
        (await one.Directory.ListAsync(new() { Tenant = Node.Ada.Tenant, Limit = 200 }, Cancellation)).Should().HaveCount(Customers);
    }

    [Fact]
    public async Task Upgrade_ThroughAPoolerByManyNodesAtOnce_LeavesNoLock()
    {
        using var engine = new PgBouncerEngine(withSchema: false);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => engine.UpgradeAsync(TimeProvider.System)));
        await engine.UpgradeAsync(TimeProvider.System);

        (await engine.OpenDatabase().ReadAsync(
            new("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"),
            row => row.GetInt64(0),
            Cancellation)).Should().Equal(0);
    }

    private static void Wide(RescueSessionsOptions options)
    {
        options.Technicians.Capacity = 0;
        options.Guessing.PerAddress = options.Guessing.PerTenant = options.Guessing.Overall = 1000;
    }

    // Ten operations and more, on both nodes in turn.
    private static async Task<SessionResult> LiveAsync(Node one, Node other, bool byPin)
    {
        await Task.Yield();
        var (session, link) = await one.CreateAsync(Guid.NewGuid().ToString("N"));
        await other.FindAsync(session.Id);
        var joined = byPin
            ? await other.Customers.JoinAsync(new PinAttempt(link.Pin, null), "run", Cancellation)
            : await other.Customers.JoinAsync(link.Token!, "run", Cancellation);
        var key = joined.Should().BeOfType<JoinResult.Joined>().Subject.Key;
        (await one.Applets.ReadyAsync(session.Id, key, "PC", null, cancellationToken: Cancellation)).Should().BeOfType<AppletResult.Done>();
        (await other.Technicians.StartAsync(Node.Ada, session.Id, Cancellation)).Should().BeOfType<SessionResult.Done>();
        (await one.Applets.HeartbeatAsync(session.Id, key, Cancellation)).Should().BeOfType<AppletResult.Done>();
        (await other.Technicians.HoldAsync(Node.Ada, session.Id, Cancellation)).Should().BeOfType<SessionResult.Done>();
        (await one.Technicians.ResumeAsync(Node.Ada, session.Id, Cancellation)).Should().BeOfType<SessionResult.Done>();
        (await other.Directory.FindDetailsAsync(Node.Ada, session.Id, Cancellation)).Should().NotBeNull();
        return await one.Technicians.CloseAsync(Node.Ada, session.Id, Cancellation);
    }
}
