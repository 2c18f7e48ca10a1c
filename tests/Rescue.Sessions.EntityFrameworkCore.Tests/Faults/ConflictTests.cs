using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Settings;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Faults;

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
        await UndoneAsync(engine, state, async () => await store.SetPresenceAsync("t", "ada", TechnicianPresence.Busy, Cancellation));

        (await store.FindPresenceAsync("t", "ada", Cancellation)).Should().Be(TechnicianPresence.Busy);
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
        string[] tables = ["session", "code", "event", "outbox", "limit", "setting", "presence"];
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
