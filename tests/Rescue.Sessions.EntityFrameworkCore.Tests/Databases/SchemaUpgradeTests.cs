using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Rescue.Sessions.Codes;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Limits;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Databases;

public sealed class SchemaUpgradeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Upgrade_DatabaseOfTheFirstSchema_KeepsItsSessions(string name)
    {
        using var engine = Engine.Open(name, withSchema: false);
        await ExecuteAsync(engine, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Databases", "FirstSchema", name + ".sql"), Cancellation));

        engine.Upgrade();

        var store = engine.OpenSessions();
        var id = SessionId.Parse("019cadc69a807b108703ac703883337f", null);
        SessionSelector[] selectors =
        [
            SessionSelector.ById(id), SessionSelector.ByPin([KeyedHash.FromByteArray(Bytes(0x11))]), SessionSelector.ByToken([KeyedHash.FromByteArray(Bytes(0x22))]),
            SessionSelector.ByIdempotencyKey(new("acme", "ada", "click")),
        ];
        foreach (var selector in selectors)
        {
            (await store.FindAsync(selector, Cancellation))!.Session.Should().BeEquivalentTo(
                new { Id = id, CustomerName = "Grace Hopper", Reference = "T-1", Status = SessionStatus.Connecting, Version = 2L, TimeZone = "Europe/Zurich" });
        }

        (await store.ReadEventsAsync(new() { Session = id }, Cancellation)).Events.Select(e => e.Kind).Should().Equal(SessionEventKind.Created, SessionEventKind.Alarm);
        (await store.CreateAsync(new Draft().Build(), Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
        (await store.ClaimAsync(Draft.Morning, Draft.Morning.AddSeconds(30), 8, null, Cancellation)).Should().ContainSingle(claim => claim.Message.Session == id);
        (await engine.OpenLimits().TryTakeAsync([new Limit("a", 1, TimeSpan.FromMinutes(1))], Draft.Morning, Cancellation)).Should().BeNull();
        (await engine.OpenSettings().FindAllAsync("acme", Cancellation)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Upgrade_ByManyNodesAtOnce_MakesOneSchema(string name)
    {
        using var engine = Engine.Open(name, withSchema: false);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => engine.UpgradeAsync(TimeProvider.System))));

        await using var context = engine.OpenContext();
        (await context.Database.GetAppliedMigrationsAsync(Cancellation)).Should().Equal(context.Database.GetMigrations());
        (await engine.OpenSessions().CreateAsync(new Draft().Build(), Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Upgrade_SchemaIsChanged_SaysSoInTheLogOnce(string name)
    {
        using var engine = Engine.Open(name, withSchema: false);
        var log = new RecordedLog(LogLevel.Information);
        var upgrade = new SchemaUpgrade(engine.OpenContext, TimeProvider.System, log);

        await upgrade.RunAsync(Cancellation);
        await upgrade.RunAsync(Cancellation);

        await using var context = engine.OpenContext();
        log.Messages.Should().ContainSingle(message => message.Contains(context.Database.GetMigrations().Last(), StringComparison.Ordinal));
    }

    /// <summary>Whoever builds an index beside running transactions waits for those to end, and must not wait for one that waits for its own end.</summary>
    [Fact]
    public async Task Upgrade_WhileAnotherNodeIsAtIt_WaitsWithoutATransaction()
    {
        using var engine = new PostgreSqlEngine(withSchema: false);
        await using var other = new NpgsqlConnection(engine.ConnectionString);
        await other.OpenAsync(Cancellation);
        var upgrading = await other.BeginTransactionAsync(Cancellation);
        await using var take = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtextextended('rescue_schema', 0))", other, upgrading);
        await take.ExecuteNonQueryAsync(Cancellation);
        await using var watching = new NpgsqlConnection(engine.ConnectionString);
        await watching.OpenAsync(Cancellation);
        await using var count = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), @other) AND (@any OR xact_start IS NOT NULL)", watching);
        count.Parameters.AddWithValue("other", other.ProcessID);
        var any = count.Parameters.AddWithValue("any", true);

        var upgrade = engine.UpgradeAsync(TimeProvider.System);
        await Eventually.HoldsAsync(async () => await count.ExecuteScalarAsync(Cancellation) is > 0L);
        any.Value = false;
        await Eventually.HoldsAsync(async () => await count.ExecuteScalarAsync(Cancellation) is 0L);

        upgrade.IsCompleted.Should().BeFalse();
        await upgrading.RollbackAsync(Cancellation);
        await upgrade;
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Upgrade_DatabaseOfALaterVersion_IsRefused(string name)
    {
        using var engine = Engine.Open(name);
        await ExecuteAsync(engine, "INSERT INTO rescue_schema VALUES ('29990101000000_Later', '99.0')");

        var upgrade = () => engine.UpgradeAsync(TimeProvider.System);

        (await upgrade.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*'29990101000000_Later'*later*");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Upgrade_TableOfSomebodyElse_IsRefusedAndLeftAlone(string name)
    {
        using var engine = Engine.Open(name, withSchema: false);
        await ExecuteAsync(engine, "CREATE TABLE rescue_session (boat integer)");

        var upgrade = () => engine.UpgradeAsync(TimeProvider.System);

        (await upgrade.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*'rescue_session'*database of its own*");
        await ExecuteAsync(engine, "INSERT INTO rescue_session (boat) VALUES (1)");
    }

    /// <summary>As docs/stores.md has a host do that goes over to migrations of its own.</summary>
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Upgrade_ListOfSchemaChangesIsGone_IsRefused_AndTheTablesGoOn(string name)
    {
        using var engine = Engine.Open(name);
        await ExecuteAsync(engine, "DROP TABLE rescue_schema");

        var upgrade = () => engine.UpgradeAsync(TimeProvider.System);

        (await upgrade.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*upgradeSchema: false*");
        (await engine.OpenSessions().CreateAsync(new Draft().Build(), Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Upgrade_HostHasMigrationsOfItsOwn_LeavesThemAlone(string name)
    {
        using var engine = Engine.Open(name, withSchema: false);
        await ExecuteAsync(engine, """CREATE TABLE "__EFMigrationsHistory" ("MigrationId" varchar(150) PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL)""");
        await ExecuteAsync(engine, """INSERT INTO "__EFMigrationsHistory" VALUES ('20200101000000_Boats', '3.0')""");

        await engine.UpgradeAsync(TimeProvider.System);

        (await engine.OpenSessions().CreateAsync(new Draft().Build(), Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Model_AgainstTheMigrations_HasNoPendingChange(string name)
    {
        using var engine = Engine.Open(name);
        await using var context = engine.OpenContext();

        context.Database.HasPendingModelChanges().Should().BeFalse();
    }

    /// <summary>A host gives all its contexts the same options, from the beginning or since an update of its own.</summary>
    [Theory]
    [InlineData(Engine.Sqlite, false)]
    [InlineData(Engine.Sqlite, true)]
    [InlineData(Engine.PostgreSql, false)]
    [InlineData(Engine.PostgreSql, true)]
    public async Task Upgrade_OptionsWithANamingConvention_MakesTheSchemaOfTheMigrations(string name, bool isMadeAlready)
    {
        using var engine = Engine.Open(name, withSchema: isMadeAlready);

        await UpgradeAsync(options =>
        {
            engine.Configure(options);
            options.UseSnakeCaseNamingConvention();
        });

        await using var context = engine.OpenContext();
        (await context.Database.GetAppliedMigrationsAsync(Cancellation)).Should().Equal(context.Database.GetMigrations());
        context.Database.HasPendingModelChanges().Should().BeFalse();
    }

    /// <summary>What fills the host's tables finds none of them in our context.</summary>
    [Theory]
    [InlineData(Engine.Sqlite, "sync")]
    [InlineData(Engine.Sqlite, "async")]
    [InlineData(Engine.Sqlite, "model")]
    [InlineData(Engine.PostgreSql, "sync")]
    [InlineData(Engine.PostgreSql, "async")]
    [InlineData(Engine.PostgreSql, "model")]
    public async Task Upgrade_OptionsWithTheHostsData_MakesTheSchemaAlone(string name, string what)
    {
        using var engine = Engine.Open(name, withSchema: false);

        await UpgradeAsync(options =>
        {
            engine.Configure(options);
            _ = what switch
            {
                "sync" => options.UseSeeding((context, _) => context.Set<StringBuilder>().Add(new())),
                "async" => options.UseAsyncSeeding(async (context, _, cancellation) => await context.Set<StringBuilder>().AddAsync(new(), cancellation)),
                _ => options.UseModel(new ModelBuilder().FinalizeModel()),
            };
        });

        (await engine.OpenSessions().CreateAsync(new Draft().Build(), Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
    }

    [Fact]
    public async Task Upgrade_ProviderAddsToAnyModel_MakesTheSchema()
    {
        using var engine = new PostgreSqlEngine(withSchema: false);

        await UpgradeAsync(options => options.UseNpgsql(engine.ConnectionString, npgsql => npgsql.MapEnum<Tide>()));

        (await engine.OpenSessions().CreateAsync(new Draft().Build(), Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
    }

    [Fact]
    public async Task Upgrade_LockOfAKilledProcess_IsRemovedInTheEnd()
    {
        using var engine = new SqliteEngine(withSchema: false);
        await using (var context = engine.OpenContext())
            await context.Database.MigrateAsync("Sessions", Cancellation);
        await ExecuteAsync(engine, """INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2026-01-01 00:00:00+00:00')""");
        var time = new FakeTimeProvider();

        var upgrade = engine.UpgradeAsync(time);
        while (!upgrade.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await upgrade;
        (await engine.OpenSettings().FindAllAsync("acme", Cancellation)).Should().BeEmpty();
    }

    [Fact]
    public async Task Upgrade_FolderIsMissing_IsMade()
    {
        using var engine = new SqliteEngine(withSchema: false);
        var file = Path.Combine(Path.GetDirectoryName(engine.File)!, "new", "sessions.db");

        await UpgradeAsync(options => options.UseSqlite($"Data Source={file};Pooling=False"));

        File.Exists(file).Should().BeTrue();
    }

    private static Task UpgradeAsync(Action<DbContextOptionsBuilder> configure) =>
        new SchemaUpgrade(new DatabaseFactory(configure).OpenContext, TimeProvider.System, NullLogger.Instance).RunAsync(Cancellation);

    private static byte[] Bytes(byte value) => [.. Enumerable.Repeat(value, KeyedHash.ByteLength)];

    private static async Task ExecuteAsync(Engine engine, string sql)
    {
        await using var context = engine.OpenContext();
        await context.Database.OpenConnectionAsync(Cancellation);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private enum Tide
    {
        Low,
        High,
    }
}
