using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>A server is lost with what its standby had not heard of, and that is promoted: it numbers its transactions as those that are lost were numbered.</summary>
public sealed class PromotedStandbyTests
{
    private const string Plain = "plain";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listener_GoesOn_ThoughItHadHeardOfWhatIsLost()
    {
        TestServer.PostgreSql.Require();
        using var server = new PostgreSqlServer();
        using var engine = new PostgreSqlEngine(server);
        await using var node = await Node.StartAsync(engine, handler: new Mailbox());
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var heard = new ConcurrentQueue<SessionEvent>();
        // From the first event on: what is made before it has begun to listen is heard too.
        var listener = node.ListenAsync(heard, listening.Token, after: 0);
        await node.InviteAsync();
        server.CopyToStandby();
        for (var lost = 0; lost < 20; lost++)
            await node.InviteAsync();
        await Eventually.HoldsAsync(() => heard.Count(happened => happened.Kind == SessionEventKind.Created) == 21);

        server.FailOver();

        SessionId after = default;
        await Eventually.SucceedsAsync<SessionStoreException>(async () => after = (await node.InviteAsync()).Session.Id);
        await Eventually.HoldsAsync(() => heard.Any(happened => happened.Kind == SessionEventKind.Created && happened.Session == after));
        await listening.CancelAsync();
        await listener;
    }

    [Theory]
    [InlineData("node that ran")]
    [InlineData("node that starts")]
    [InlineData("node that starts, after a second promotion")]
    public async Task Numbers_AreAboveThoseThatAreLost(string which)
    {
        TestServer.PostgreSql.Require();
        using var server = new PostgreSqlServer();
        using var engine = new PostgreSqlEngine(server);
        engine.Upgrade();
        var store = engine.OpenSessions();
        await CreateAsync(store);
        server.CopyToStandby();
        var last = await CreateAsync(store, 20);

        server.FailOver();
        engine.Disconnect();
        if (which.EndsWith("second promotion", StringComparison.Ordinal))
        {
            server.CopyToStandby();
            last = await CreateAsync(store, 20);
            server.FailOver();
            engine.Disconnect();
        }

        (await CreateAsync(which == "node that ran" ? store : engine.OpenSessions())).Should().BeGreaterThan(last);
    }

    /// <summary>A node of the version before, which runs beside one of this, knows of no timelines: where none has come since, both must number alike.</summary>
    [Fact]
    public async Task Numbers_OfADatabaseFromBefore_AreThoseOfItsTransactions()
    {
        TestServer.PostgreSql.Require();
        using var server = new PostgreSqlServer();
        using var engine = new PostgreSqlEngine(server);
        engine.Upgrade();
        await CreateAsync(engine.OpenSessions());
        server.CopyToStandby();
        server.FailOver();
        engine.Disconnect();
        await using var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await RunAsync(connection, "DELETE FROM rescue_setting");

        await CreateAsync(engine.OpenSessions());

        await using var command = new NpgsqlCommand("SELECT max(sequence) - (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1) * 1024 FROM rescue_event", connection);
        (await command.ExecuteScalarAsync(Cancellation)).Should().Be(0L);
    }

    /// <summary>Some services refuse the question to everybody, others in words of their own.</summary>
    [Theory]
    [InlineData("REVOKE EXECUTE ON FUNCTION pg_walfile_name(pg_lsn) FROM public")]
    [InlineData("ALTER FUNCTION pg_walfile_name(pg_lsn) RENAME TO pg_walfile_name_elsewhere")]
    [InlineData(
        """
        CREATE OR REPLACE FUNCTION pg_catalog.pg_walfile_name(lsn pg_lsn) RETURNS text LANGUAGE plpgsql AS
        $$ BEGIN RAISE object_not_in_prerequisite_state; END $$
        """)]
    public async Task Server_ThatDoesNotTellItsTimeline_NumbersByTransactionsAlone(string refusal)
    {
        TestServer.PostgreSql.Require();
        using var server = new PostgreSqlServer();
        using var engine = new PostgreSqlEngine(server);
        engine.Upgrade();
        await using var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await RunAsync(connection, $"SET allow_system_table_mods = on; CREATE ROLE {Plain} LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO {Plain}; {refusal}");
        using var plain = new PlainEngine(engine);
        var store = plain.OpenSessions();

        var first = await CreateAsync(store);

        (await CreateAsync(store)).Should().BeGreaterThan(first);
        (await store.ReadEventsAsync(new(), Cancellation)).Events.Should().HaveCount(2);
    }

    /// <summary>A standby does not tell its timeline either; who took it for such a service would number below what is lost once it is promoted.</summary>
    [Fact]
    public async Task Node_ThatFindsAStandby_WaitsForItsPromotion()
    {
        TestServer.PostgreSql.Require();
        using var server = new PostgreSqlServer();
        using var engine = new PostgreSqlEngine(server);
        engine.Upgrade();
        await CreateAsync(engine.OpenSessions());
        server.CopyToStandby();
        var last = await CreateAsync(engine.OpenSessions(), 20);
        server.FailOver(promote: false);
        engine.Disconnect();
        var store = engine.OpenSessions();

        var early = () => store.ReadLatestSequenceAsync(Cancellation).AsTask();
        await early.Should().ThrowAsync<SessionStoreException>();
        server.Promote();

        (await CreateAsync(store)).Should().BeGreaterThan(last);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    // The number of the last one's event.
    private static async Task<long> CreateAsync(ISessionStore store, int sessions = 1)
    {
        SessionId last = default;
        for (var each = 0; each < sessions; each++)
        {
            var created = await store.CreateAsync(new Draft().Build(), Cancellation);
            last = created.Session!.Session.Id;
        }

        return (await store.ReadEventsAsync(new() { Session = last }, Cancellation)).Events.Should().ContainSingle().Subject.Sequence;
    }

    private sealed class PlainEngine(PostgreSqlEngine engine) : Engine
    {
        public override void Configure(DbContextOptionsBuilder options) =>
            options.UseNpgsql(new NpgsqlConnectionStringBuilder(engine.ConnectionString) { Username = Plain }.ConnectionString);
    }
}
