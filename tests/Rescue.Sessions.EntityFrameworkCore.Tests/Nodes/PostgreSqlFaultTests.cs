using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>A server that goes, and a line that is cut: all is stored or nothing is, and a repeat finds out which.</summary>
public sealed class PostgreSqlFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_LineIsCutInTheCommit_StoresAllOrNothingAndARepeatGivesOneSession(bool afterDelivery)
    {
        using var engine = new PostgreSqlEngine();
        using var proxy = new CuttingProxy(PostgreSqlEngine.Server.Port);
        var store = Through(proxy, engine);
        await store.CreateAsync(new Draft().Build(), Cancellation);
        var draft = new Draft { IdempotencyKey = "click", Messages = ["mail"] };
        var creation = draft.Build();

        proxy.CutAt("INSERT INTO rescue_session", afterDelivery);
        var cut = () => store.CreateAsync(creation, Cancellation).AsTask();
        await cut.Should().ThrowAsync<SessionStoreException>();

        var there = await store.FindAsync(SessionSelector.ById(creation.Session.Session.Id), Cancellation);
        (there is not null).Should().Be(afterDelivery);
        var repeat = await store.CreateAsync((draft with { Pin = [Hashes.New()], Token = [Hashes.New()] }).Build(), Cancellation);
        repeat.Outcome.Should().Be(afterDelivery ? SessionCreationOutcome.Repeated : SessionCreationOutcome.Created);
        var session = (await store.ListAsync(new() { Tenant = draft.Tenant }, Cancellation)).Should().ContainSingle().Subject;
        (await store.ReadEventsAsync(new() { Session = session.Id }, Cancellation)).Events.Should().ContainSingle();
        (await store.ClaimAsync(Draft.Morning, Draft.Morning.AddSeconds(30), 8, null, Cancellation)).Should().ContainSingle();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Transition_LineIsCutInTheCommit_ChangesTheSessionWithItsHistoryOrNeither(bool afterDelivery)
    {
        using var engine = new PostgreSqlEngine();
        using var proxy = new CuttingProxy(PostgreSqlEngine.Server.Port);
        var store = Through(proxy, engine);
        var added = (await store.CreateAsync(new Draft().Build(), Cancellation)).Session!.Session;
        var close = Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(1));

        // On the line a text ends with a zero; the transaction begins with a level that is called READ COMMITTED.
        proxy.CutAt("COMMIT\0", afterDelivery);
        var cut = () => store.TransitionAsync(SessionSelector.ById(added.Id), new() { Now = close.At }, close, Cancellation).AsTask();
        await cut.Should().ThrowAsync<SessionStoreException>();

        var stored = (await store.FindAsync(SessionSelector.ById(added.Id), Cancellation))!.Session;
        stored.Status.Should().Be(afterDelivery ? SessionStatus.Closed : SessionStatus.Connecting);
        (await store.ReadEventsAsync(new() { Session = added.Id }, Cancellation)).Events.Should().HaveCount(afterDelivery ? 2 : 1);
    }

    /// <summary>The sender still knows what became of the mail: no second one for an answer that is not lost.</summary>
    [Theory]
    [InlineData("SET begun = 1", false)]
    [InlineData("SET begun = 1", true)]
    [InlineData("DELETE FROM rescue_outbox", false)]
    [InlineData("DELETE FROM rescue_outbox", true)]
    public async Task Mail_LineIsCutWhereItIsRecorded_IsSentOnceAndRecorded(string statement, bool afterDelivery)
    {
        using var engine = new PostgreSqlEngine();
        using var proxy = new CuttingProxy(PostgreSqlEngine.Server.Port);
        using var line = new ProxiedEngine(engine, proxy);
        var mailbox = new Mailbox();
        await using var node = await Node.StartAsync(line, handler: mailbox);

        proxy.CutAt(statement, afterDelivery);
        var (session, _) = await node.InviteAsync();

        await Eventually.HoldsAsync(async () => (await node.FindAsync(session.Id)).Invitation is { State: InvitationState.Sent, Attempts: 1 });
        (await node.Store.ClaimAsync(TimeProvider.System.GetUtcNow().AddHours(1), TimeProvider.System.GetUtcNow().AddHours(2), 8, null, Cancellation)).Should().BeEmpty();
        mailbox.Messages.Should().ContainSingle();
        (await node.Directory.FindDetailsAsync(Node.Ada, session.Id, Cancellation))!.History.Events
            .Should().ContainSingle(e => e.Kind == SessionEventKind.Invitation);
    }

    [Fact]
    public async Task Connections_ThatTheServerEnds_AreReplaced()
    {
        using var engine = new PostgreSqlEngine();
        var store = engine.OpenSessions();
        var added = (await store.CreateAsync(new Draft().Build(), Cancellation)).Session!.Session;
        await using (var admin = new NpgsqlConnection(PostgreSqlEngine.Server.ConnectionString()))
        {
            await admin.OpenAsync(Cancellation);
            await using var end = new NpgsqlCommand($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{engine.Name}'", admin);
            await end.ExecuteNonQueryAsync(Cancellation);
        }

        await Eventually.SucceedsAsync<SessionStoreException>(async () =>
            (await store.FindAsync(SessionSelector.ById(added.Id), Cancellation)).Should().NotBeNull());
    }

    [Fact]
    public async Task Server_KilledUnderAStreamAndAMail_LosesNothingAndTheServiceGoesOn()
    {
        TestServer.PostgreSql.Require();
        using var server = new PostgreSqlServer(durable: true);
        using var engine = new OwnServerEngine(server);
        var mailbox = new Mailbox();
        await using var node = await Node.StartAsync(engine, handler: mailbox);
        var (before, _) = await node.InviteAsync();
        await Eventually.HoldsAsync(() => mailbox.Messages.Count == 1);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var heard = new ConcurrentQueue<SessionEvent>();
        var listener = node.ListenAsync(heard, listening.Token);

        server.Kill();
        var away = () => node.Directory.FindAsync(Node.Ada, before.Id, Cancellation).AsTask();
        await away.Should().ThrowAsync<SessionStoreException>();
        var create = () => node.InviteAsync();
        await create.Should().ThrowAsync<SessionStoreException>();
        server.Start();

        await Eventually.SucceedsAsync<SessionStoreException>(() => node.InviteAsync());
        await Eventually.HoldsAsync(() => heard.Any(happened => happened.Kind == SessionEventKind.Created && happened.Session != before.Id));
        await listening.CancelAsync();
        await listener;
        (await node.Directory.FindAsync(Node.Ada, before.Id, Cancellation)).Should().NotBeNull();
        await Eventually.HoldsAsync(() => mailbox.Messages.Count >= 2);
    }

    private static ISessionStore Through(CuttingProxy proxy, PostgreSqlEngine engine)
    {
        using var line = new ProxiedEngine(engine, proxy);
        return line.OpenSessions();
    }

    private sealed class ProxiedEngine(PostgreSqlEngine engine, CuttingProxy proxy) : Engine
    {
        // DISCARD ALL stands before the next request otherwise and is answered by itself, so that an answer would not tell that the request was done.
        public override void Configure(DbContextOptionsBuilder options) =>
            options.UseNpgsql(new NpgsqlConnectionStringBuilder(engine.ConnectionString) { Port = proxy.Port, NoResetOnClose = true }.ConnectionString);
    }

    private sealed class OwnServerEngine(PostgreSqlServer server) : Engine
    {
        public override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(server.ConnectionString(poolSize: 20));

        public override void Dispose()
        {
            NpgsqlConnection.ClearPool(new NpgsqlConnection(server.ConnectionString(poolSize: 20)));
            base.Dispose();
        }
    }
}
