using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Model;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Presence;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Databases;

/// <summary>The schema change that brings indexes to databases that are in use.</summary>
public sealed class ScaleUpgradeTests
{
    private const string Before = "SettingsAndLimits";

    private const string WaitsForATable = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND relation IS NOT NULL AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Upgrade_WhileSessionsAreMade_LosesAndRefusesNone(string name)
    {
        using var engine = Engine.Open(name, withSchema: false);
        await MigrateAsync(engine, Before);
        var draft = new Draft { CustomerName = "Earlier Customer" };
        var (store, made) = (engine.OpenSessions(), new List<SessionId>());
        for (var i = 0; i < 200; i++)
            made.Add(await AddAsync(store, draft));

        var upgrade = Task.Run(engine.Upgrade, Cancellation);
        while (!upgrade.IsCompleted)
            made.Add(await AddAsync(store, draft with { CustomerName = "Meanwhile Customer" }));
        await upgrade;
        made.Add(await AddAsync(store, draft with { CustomerName = "Later Customer" }));

        foreach (var (search, expected) in ((string, int)[])[("earlier", 200), ("meanwhile", made.Count - 201), ("later", 1), ("customer", made.Count)])
            (await CountAsync(engine.OpenSessions(), draft.Tenant, search)).Should().Be(expected);
    }

    [Fact]
    public async Task Upgrade_WhileASessionIsReadInOrderToBeChanged_LetsTheChangeGoFirst()
    {
        using var engine = new PostgreSqlEngine(withSchema: false);
        await MigrateAsync(engine, Before);
        await AddAsync(engine.OpenSessions(), new());
        await using var context = engine.OpenContext();
        await using var change = await context.Database.BeginTransactionAsync(Cancellation);
        await context.Database.ExecuteSqlRawAsync("SELECT 1 FROM rescue_session FOR NO KEY UPDATE", Cancellation);

        var upgrade = Task.Run(engine.Upgrade, Cancellation);
        await Eventually.HoldsAsync(async () => await ScalarAsync(engine, WaitsForATable) is true || upgrade.IsCompleted);
        var changed = await context.Database.ExecuteSqlRawAsync("UPDATE rescue_session SET version = version + 1", Cancellation);
        await change.CommitAsync(Cancellation);
        await upgrade;

        changed.Should().Be(1);
    }

    [Theory]
    [InlineData("a schema of before")]
    [InlineData("a search index that was begun")]
    public async Task Upgrade_BehindALongTransaction_LetsOthersThroughAndComesAfterIt(string met)
    {
        using var engine = new PostgreSqlEngine(withSchema: false);
        await MigrateAsync(engine, Before);
        if (met == "a search index that was begun")
        {
            engine.Upgrade();
            await ExecuteAsync(engine, $"UPDATE pg_index SET indisvalid = false WHERE indexrelid = '\"{TrigramIndex.Name}\"'::regclass");
        }

        await using var context = engine.OpenContext();
        await using var dump = await context.Database.BeginTransactionAsync(Cancellation);
        await context.Database.ExecuteSqlRawAsync("SELECT 1 FROM rescue_session", Cancellation);
        var (log, time) = (new RecordedLog(LogLevel.Warning), new FakeTimeProvider());

        var upgrade = new SchemaUpgrade(engine.OpenContext, time, log).RunAsync(Cancellation);
        await Eventually.HoldsAsync(() => log.Messages.Count > 0 || upgrade.IsCompleted);
        log.Messages.Should().ContainSingle().Which.Should().Contain("long report");
        // No time passes, so nothing is tried again.
        (await ScalarAsync(engine, WaitsForATable)).Should().Be(false);
        await AddAsync(engine.OpenSessions(), new());

        await dump.CommitAsync(Cancellation);
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return upgrade.IsCompleted;
        });
        await upgrade;
        (await ScalarAsync(engine, "SELECT count(*) FROM rescue_schema WHERE \"MigrationId\" LIKE '%_Scale'")).Should().Be(1L);
        (await ScalarAsync(engine, "SELECT count(*) FROM pg_index WHERE NOT indisvalid")).Should().Be(0L);
    }

    [Fact]
    public async Task Start_SearchIndexCannotBeBuiltForLong_WaitsForNothing()
    {
        using var engine = new PostgreSqlEngine();
        await ExecuteAsync(engine, $"DROP INDEX \"{TrigramIndex.Name}\"; ALTER DATABASE {engine.Name} SET lock_timeout = '200ms'");
        engine.Disconnect();
        await using var context = engine.OpenContext();
        await using var report = await context.Database.BeginTransactionAsync(Cancellation);
        await context.Database.ExecuteSqlRawAsync("LOCK TABLE rescue_session IN ROW EXCLUSIVE MODE", Cancellation);
        var log = new RecordedLog(LogLevel.Warning);

        // No time passes, so nothing is tried again.
        var start = new SchemaUpgrade(engine.OpenContext, new FakeTimeProvider(), log).RunAsync(Cancellation);

        await Eventually.HoldsAsync(() => start.IsCompleted);
        await start;
        log.Messages.Should().ContainSingle().Which.Should().Contain("no index for searching");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task SignOfLife_NotedByANodeOfTheVersionBefore_IsTakenWhereItIsLater(string name)
    {
        using var engine = Engine.Open(name);
        var store = engine.OpenSessions();
        var id = await AddAsync(store, new());
        var join = new AppletJoin(Hashes.New(), Hashes.New());
        await store.TransitionAsync(SessionSelector.ById(id), new() { Now = Draft.Morning }, Changes.Join(join, Draft.Morning), Cancellation);
        await store.TouchAsync([new(id, [join.Key])], Draft.Morning.AddMinutes(2), Cancellation);

        foreach (var (minute, expected) in ((int, int)[])[(1, 2), (3, 3)])
        {
            await ExecuteAsync(engine, $"UPDATE rescue_session SET last_seen_at = {Draft.Morning.AddMinutes(minute).UtcTicks}");

            (await store.FindAsync(SessionSelector.ById(id), Cancellation))!.Session.LastSeenAt.Should().Be(Draft.Morning.AddMinutes(expected));
        }
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Upgrade_PinsOfBefore_LeadWhereTheyDid(string name)
    {
        using var engine = Engine.Open(name);
        var (store, now) = (engine.OpenSessions(), Draft.Morning.AddMinutes(1));
        var (unused, used, instance) = (new Draft(), new Draft(), Hashes.New());
        await store.CreateAsync(unused.Build(), Cancellation);
        var creation = used.Build();
        await store.CreateAsync(creation, Cancellation);
        await store.TransitionAsync(
            SessionSelector.ById(creation.Session.Session.Id), new() { Now = Draft.Morning }, Changes.Join(new(instance, Hashes.New()), Draft.Morning), Cancellation);
        // As an earlier version leaves them.
        await ExecuteAsync(engine, "UPDATE rescue_code SET instance = NULL");

        (await store.FindAsync(SessionSelector.ByLivePin(unused.Pin, now, []), Cancellation)).Should().NotBeNull();
        (await store.FindAsync(SessionSelector.ByLivePin(used.Pin, now, [instance]), Cancellation)).Should().NotBeNull("its applet comes back");
        (await store.FindAsync(SessionSelector.ByLivePin(used.Pin, now, [Hashes.New()]), Cancellation)).Should().BeNull();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Upgrade_PresenceOfBefore_IsForgottenOnceNobodyIsSeenForLong(string name)
    {
        using var engine = Engine.Open(name);
        var (database, time) = (engine.OpenDatabase(), new FakeTimeProvider(Draft.Morning));
        var (store, start) = (Engine.OpenSessions(database), new DatabaseStart(null, new(database, time), new(database, time), null));
        // As an earlier version leaves it.
        await ExecuteAsync(engine, "INSERT INTO rescue_presence (tenant, technician, presence) VALUES ('acme', 'ada', 'Away')");

        for (var again = 0; again < 2; again++)
        {
            await start.StartAsync(Cancellation);
            time.Advance(TimeSpan.FromHours(1));
            await store.ForgetTechniciansAsync(Draft.Morning, Cancellation);
            (await store.FindPresenceAsync("acme", "ada", Cancellation)).Should().Be(TechnicianPresence.Away, "they may have had no time to be seen");
            (await store.ListTechniciansAsync("acme", DateTimeOffset.MinValue, 10, Cancellation)).Should().BeEmpty("nobody knows their name");
        }

        await store.ForgetTechniciansAsync(Draft.Morning.AddTicks(1), Cancellation);
        (await store.FindPresenceAsync("acme", "ada", Cancellation)).Should().Be(TechnicianPresence.Available);
    }

    [Fact]
    public async Task Upgrade_KilledWhileItBuiltAnIndex_IsRepeated()
    {
        using var engine = new PostgreSqlEngine();
        await AddAsync(engine.OpenSessions(), new());
        await ExecuteAsync(
            engine, "UPDATE pg_index SET indisvalid = false WHERE indexrelid::regclass::text SIMILAR TO '%IX_rescue_session_(tenant_(belongs_to|customer|status)_id|search_text)%'");
        await ExecuteAsync(engine, "DROP INDEX \"IX_rescue_code_live_pin\"; DELETE FROM rescue_schema WHERE \"MigrationId\" LIKE '%_Scale'");

        engine.Upgrade();

        (await ScalarAsync(engine, "SELECT string_agg(indexrelid::regclass::text, ' ') FROM pg_index WHERE NOT indisvalid")).Should().Be(DBNull.Value);
        (await ScalarAsync(engine, "SELECT count(*) FROM pg_index WHERE indexrelid::regclass::text LIKE '%IX_rescue_code_live_pin%' AND indisvalid AND indisunique"))
            .Should().Be(1L);
    }

    [Fact]
    public async Task Upgrade_ExtensionMayNotBeMade_SearchesAllTheSameAndSaysSoUntilItIs()
    {
        using var engine = new PostgreSqlEngine(withSchema: false);
        var role = "r" + engine.Name;
        await ExecuteAsync(engine, $"CREATE ROLE {role} LOGIN; GRANT USAGE, CREATE ON SCHEMA public TO {role}; REVOKE CREATE ON DATABASE {engine.Name} FROM PUBLIC");
        var connectionString = new NpgsqlConnectionStringBuilder(engine.ConnectionString) { Username = role, Pooling = false }.ConnectionString;
        var factory = new DatabaseFactory(options => options.UseNpgsql(connectionString));
        var log = new RecordedLog(LogLevel.Warning);
        var upgrade = new SchemaUpgrade(factory.OpenContext, TimeProvider.System, log);

        await upgrade.RunAsync(Cancellation);

        log.Messages.Should().ContainSingle().Which.Should().Contain("CREATE EXTENSION pg_trgm");
        var draft = new Draft();
        var store = Engine.OpenSessions(factory.OpenDatabase());
        await AddAsync(store, draft);
        (await CountAsync(store, draft.Tenant, "ace Hop")).Should().Be(1);

        await ExecuteAsync(engine, "CREATE EXTENSION pg_trgm");
        await upgrade.RunAsync(Cancellation);

        log.Messages.Should().HaveCount(1);
        (await ScalarAsync(engine, $"SELECT indisvalid FROM pg_index WHERE indexrelid = '\"{TrigramIndex.Name}\"'::regclass")).Should().Be(true);
        (await CountAsync(store, draft.Tenant, "ace Hop")).Should().Be(1);
        await ExecuteAsync(engine, $"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    private static async Task<SessionId> AddAsync(ISessionStore store, Draft draft)
    {
        var created = await store.CreateAsync((draft with { Pin = [Hashes.New()], Token = [Hashes.New()] }).Build(), Cancellation);
        created.Outcome.Should().Be(SessionCreationOutcome.Created);
        return created.Session!.Session.Id;
    }

    private static async Task<int> CountAsync(ISessionStore store, string tenant, string search)
    {
        var (query, count) = (new SessionQuery { Tenant = tenant, Search = search, Limit = 200 }, 0);
        while (await store.ListAsync(query, Cancellation) is { IsEmpty: false } page)
        {
            count += page.Length;
            query = query with { After = page[^1].Id };
        }

        return count;
    }

    private static async Task MigrateAsync(Engine engine, string to)
    {
        await using var context = engine.OpenContext();
        await context.Database.MigrateAsync(to, Cancellation);
    }

    private static async Task ExecuteAsync(Engine engine, string sql) => await ScalarAsync(engine, sql);

    private static async Task<object?> ScalarAsync(Engine engine, string sql)
    {
        await using var context = engine.OpenContext();
        await context.Database.OpenConnectionAsync(Cancellation);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
