using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
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
        await using (var context = engine.OpenContext())
            await context.Database.MigrateAsync("Sessions", Cancellation);
        var draft = new Draft { IdempotencyKey = "click", Messages = ["mail"] };
        var written = (await engine.OpenSessions().CreateAsync(draft.Build(), Cancellation)).Session!;
        var started = Changes.Note(SessionEventKind.Alarm, Draft.Morning.AddMinutes(1));
        await engine.OpenSessions().TransitionAsync(SessionSelector.ById(written.Session.Id), new() { Now = started.At }, started, Cancellation);

        engine.Upgrade();

        var store = engine.OpenSessions();
        SessionSelector[] selectors =
        [
            SessionSelector.ById(written.Session.Id), SessionSelector.ByPin(draft.Pin), SessionSelector.ByToken(draft.Token),
            SessionSelector.ByIdempotencyKey(new(draft.Tenant, draft.CreatedBy.Id, "click")),
        ];
        foreach (var selector in selectors)
            (await store.FindAsync(selector, Cancellation))!.Session.Id.Should().Be(written.Session.Id);
        (await store.ReadEventsAsync(new() { Session = written.Session.Id }, Cancellation)).Events.Select(e => e.Kind)
            .Should().Equal(SessionEventKind.Created, SessionEventKind.Alarm);
        (await store.ClaimAsync(new(started.At, started.At.AddSeconds(30), 8), Cancellation))
            .Should().ContainSingle(claim => claim.Message.Session == written.Session.Id);
        (await engine.OpenLimits().TryTakeAsync([new Limit("a", 1, TimeSpan.FromMinutes(1))], started.At, Cancellation)).Should().BeNull();
        (await engine.OpenSettings().FindAllAsync(draft.Tenant, Cancellation)).Should().BeEmpty();
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
        var factory = new DatabaseFactory(options => options.UseSqlite($"Data Source={file};Pooling=False"));

        await new SchemaUpgrade(factory.OpenContext, TimeProvider.System).RunAsync(Cancellation);

        File.Exists(file).Should().BeTrue();
    }

    private static async Task ExecuteAsync(Engine engine, string sql)
    {
        await using var context = engine.OpenContext();
        await context.Database.ExecuteSqlRawAsync(sql, Cancellation);
    }
}
