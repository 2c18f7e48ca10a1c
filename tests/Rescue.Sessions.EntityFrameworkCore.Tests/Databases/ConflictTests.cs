using Microsoft.Data.Sqlite;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Limits;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.EntityFrameworkCore.Settings;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Settings;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Databases;

/// <summary>A server that undoes transactions for the sake of others: each is repeated, and has one effect.</summary>
public sealed class ConflictTests
{
    private const string SerializationFailure = "40001";
    private const string Deadlock = "40P01";

    private static readonly Limit Three = new("test", 3, TimeSpan.FromMinutes(10));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SerializationFailure)]
    [InlineData(Deadlock)]
    public async Task Sessions_TransactionIsUndoneTwice_AreChangedOnce(string state)
    {
        using var engine = new PostgreSqlEngine();
        var store = engine.OpenSessions();
        var creation = new Draft { IdempotencyKey = "click", Messages = ["mail"] }.Build();
        var id = creation.Session.Session.Id;

        await UndoneAsync(engine, state, async () =>
            (await store.CreateAsync(creation, Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created));
        var close = Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(1));
        await UndoneAsync(engine, state, async () =>
            (await store.TransitionAsync(SessionSelector.ById(id), new() { Now = close.At }, close, Cancellation)).Applied.Should().BeTrue());

        (await store.FindAsync(SessionSelector.ById(id), Cancellation))!.Session.Status.Should().Be(SessionStatus.Closed);
        (await store.ReadEventsAsync(new() { Session = id }, Cancellation)).Events.Should().HaveCount(2);
        var erasure = new SessionErasure { Tenant = creation.Session.Session.Tenant, EndedBefore = DateTimeOffset.MaxValue, Limit = 10 };
        await UndoneAsync(engine, state, async () => (await store.EraseAsync(erasure, Cancellation)).Should().Be(1));
        (await store.ListAsync(new() { Tenant = creation.Session.Session.Tenant }, Cancellation)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SerializationFailure)]
    [InlineData(Deadlock)]
    public async Task Limits_TransactionIsUndoneTwice_CountOnce(string state)
    {
        using var engine = new PostgreSqlEngine();
        var limits = engine.OpenLimits();

        for (var taken = 0; taken < 3; taken++)
            await UndoneAsync(engine, state, async () => (await limits.TryTakeAsync([Three], Draft.Morning, Cancellation)).Should().BeNull());
        (await limits.TryTakeAsync([Three], Draft.Morning, Cancellation)).Should().NotBeNull();
        await UndoneAsync(engine, state, async () => await limits.ReturnAsync([Three], Draft.Morning, Cancellation));

        (await limits.TryTakeAsync([Three], Draft.Morning, Cancellation)).Should().BeNull();
        (await limits.TryTakeAsync([Three], Draft.Morning, Cancellation)).Should().NotBeNull();
    }

    [Theory]
    [InlineData(SerializationFailure)]
    [InlineData(Deadlock)]
    public async Task SettingsAndPresence_TransactionIsUndoneTwice_AreSavedOnce(string state)
    {
        using var engine = new PostgreSqlEngine();
        var settings = engine.OpenSettings();
        var store = engine.OpenSessions();
        var change = new SettingChange { Tenant = "t", Name = "n", Value = "1", By = new("ada", "Ada"), At = Draft.Morning };

        await UndoneAsync(engine, state, async () => (await settings.SaveAsync(change, Cancellation)).Latest!.Version.Should().Be(1));
        await UndoneAsync(engine, state, async () => await store.SetPresenceAsync("t", Draft.Ada, TechnicianPresence.Busy, Draft.Morning, Cancellation));

        (await store.FindPresenceAsync("t", "ada", Cancellation)).Should().Be(TechnicianPresence.Busy);
    }

    [Theory]
    [InlineData(SerializationFailure)]
    [InlineData(Deadlock)]
    public async Task Mail_TransactionIsUndoneTwice_IsClaimedBegunRenewedAndRecordedOnce(string state)
    {
        using var engine = new PostgreSqlEngine();
        var store = engine.OpenSessions();
        var creation = new Draft { Messages = ["mail"] }.Build();
        var (id, now) = (creation.Session.Session.Id, Draft.Morning);
        await store.CreateAsync(creation, Cancellation);
        OutboxClaim claim = null!;

        await UndoneAsync(engine, state, async () => claim = (await store.ClaimAsync(now, now.AddSeconds(30), 5, null, Cancellation)).Single());
        claim.Fence.Should().Be(1);
        await UndoneAsync(engine, state, async () => (await store.BeginAsync(claim, now, Cancellation)).Should().Be(OutboxBegin.Begun));
        await UndoneAsync(engine, state, async () => (await store.RenewAsync(claim, now.AddDays(1), Cancellation)).Should().BeTrue());
        // A clock that was ahead: the lease is called back and the message claimed again, each in a transaction of its own.
        await UndoneAsync(engine, state, async () =>
            claim = (await store.ClaimAsync(now, now.AddSeconds(30), 5, now.AddHours(1), Cancellation)).Single());
        (claim.Fence, claim.Attempts, claim.Uncertain).Should().Be((2, 1, 1));
        await UndoneAsync(engine, state, async () => (await store.CompleteAsync(new OutboxResult(claim, now), Cancellation)).Should().BeTrue());
        claim = (await store.ClaimAsync(now, now.AddSeconds(30), 5, null, Cancellation)).Single();
        var sent = Changes.Note(SessionEventKind.Invitation, now) with { Invitation = creation.Session.Session.Invitation! with { State = InvitationState.Sent } };
        await UndoneAsync(engine, state, async () =>
            (await store.CompleteAsync(new OutboxResult(claim, Change: sent), Cancellation)).Should().BeTrue());

        (await store.ReadEventsAsync(new() { Session = id }, Cancellation)).Events.Should().HaveCount(2);
        (await store.ClaimAsync(now.AddDays(1), now.AddDays(2), 5, null, Cancellation)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SerializationFailure)]
    [InlineData(Deadlock)]
    public async Task Upkeep_TransactionIsUndoneTwice_HasOneEffect(string state)
    {
        using var engine = new PostgreSqlEngine();
        var store = engine.OpenSessions();
        var database = engine.OpenDatabase();
        var (now, join) = (Draft.Morning, new AppletJoin(Hashes.New(), Hashes.New()));
        var creation = new Draft().Build();
        var selector = SessionSelector.ById(creation.Session.Session.Id);
        await store.CreateAsync(creation, Cancellation);
        await store.TransitionAsync(selector, new() { Now = now }, Changes.Join(join, now), Cancellation);
        await store.TransitionAsync(selector, new() { Now = now }, Changes.Of(SessionTrigger.Ready, now), Cancellation);

        await UndoneAsync(engine, state, async () =>
            (await store.TryLeaseAsync("sweep", "one", now, now.AddMinutes(1), Cancellation)).Should().BeTrue());
        (await store.TryLeaseAsync("sweep", "two", now, now.AddMinutes(1), Cancellation)).Should().BeFalse();
        await UndoneAsync(engine, state, async () =>
            (await store.TouchAsync([new(creation.Session.Session.Id, [join.Key])], now.AddMinutes(1), Cancellation)).Single().Should().NotBeNull());
        await UndoneAsync(engine, state, async () =>
            (await store.FindSilentAsync(now.AddMinutes(1).AddSeconds(1), 10, Cancellation)).Should().BeEmpty());
        await engine.OpenLimits().TryTakeAsync([Three], now, Cancellation);
        await UndoneAsync(engine, state, async () => await new EntityFrameworkLimitStore(database).ForgetAsync(now.AddDays(1), Cancellation));
        await UndoneAsync(engine, state, () => new NormalFormUpgrade(database, TimeProvider.System).RunAsync(Cancellation));

        (await store.FindAsync(selector, Cancellation))!.Session.LastSeenAt.Should().Be(now.AddMinutes(1));
    }

    [Theory]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("a statement")]
    public async Task Sqlite_BusyTwice_HasOneEffect(string busyAt)
    {
        using var engine = new SqliteEngine();
        Execute(engine, "CREATE TRIGGER undo AFTER INSERT ON rescue_setting BEGIN SELECT undo(); END");
        using var other = new SqliteConnection($"Data Source={engine.File};Pooling=false");
        var opened = 0;
        using var database = new SqliteDatabase(Connect, TimeSpan.FromSeconds(1));
        var store = new EntityFrameworkSettingsStore(database);
        if (busyAt == "BEGIN IMMEDIATE")
            Execute(other, "BEGIN IMMEDIATE");

        var saved = await store.SaveAsync(new() { Tenant = "t", Name = "n", Value = "1", By = new("ada", "Ada"), At = Draft.Morning }, Cancellation);

        saved.Latest!.Version.Should().Be(1);
        opened.Should().BeGreaterThanOrEqualTo(3, "each attempt has a connection of its own");

        SqliteConnection Connect()
        {
            var connection = new SqliteConnection($"Data Source={engine.File};Pooling=false");
            var number = ++opened;
            connection.CreateFunction("undo", () => number <= 2 && busyAt == "a statement" ? throw new SqliteException("busy", 5) : 0);
            // Whoever holds the file lets it go while the third attempt begins.
            if (number == 3 && other.State == System.Data.ConnectionState.Open)
                other.Close();
            return connection;
        }
    }

    [Fact]
    public async Task Transaction_IsUndoneAlways_FailsAndLeavesNothing()
    {
        using var engine = new PostgreSqlEngine();
        var store = engine.OpenSessions();
        var creation = new Draft().Build();
        await ArmAsync(engine, SerializationFailure, int.MaxValue);

        var create = () => store.CreateAsync(creation, Cancellation).AsTask();

        await create.Should().ThrowAsync<SessionStoreException>();
        (await store.FindAsync(SessionSelector.ById(creation.Session.Session.Id), Cancellation)).Should().BeNull();
    }

    private static void Execute(SqliteEngine engine, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={engine.File};Pooling=false");
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        if (connection.State != System.Data.ConnectionState.Open)
            connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task UndoneAsync(PostgreSqlEngine engine, string state, Func<Task> work)
    {
        await ArmAsync(engine, state, 2);
        await work();
        (await engine.OpenDatabase().ReadAsync(new("SELECT last_value FROM undone"), row => row.GetInt64(0), Cancellation))[0]
            .Should().BeGreaterThan(2, "two attempts were undone");
    }

    // A sequence is the one thing that an undone transaction still counts on.
    private static async Task ArmAsync(PostgreSqlEngine engine, string state, int times)
    {
        string[] tables = ["session", "code", "event", "outbox", "limit", "setting", "presence", "lease", "heartbeat"];
        await using var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            DROP SEQUENCE IF EXISTS undone;
            CREATE SEQUENCE undone;
            CREATE OR REPLACE FUNCTION undo() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('undone') <= {times} THEN RAISE EXCEPTION 'undone' USING ERRCODE = '{state}'; END IF;
                RETURN NULL;
            END $$;
            {string.Join('\n', tables.Select(table => $"CREATE OR REPLACE TRIGGER undo AFTER INSERT OR UPDATE OR DELETE ON rescue_{table} FOR EACH STATEMENT EXECUTE FUNCTION undo();"))}
            """;
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
