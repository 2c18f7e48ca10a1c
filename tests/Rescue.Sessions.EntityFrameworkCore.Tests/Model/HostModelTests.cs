using Microsoft.EntityFrameworkCore;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Model;

/// <summary>A host that has the tables in a model of its own.</summary>
public sealed class HostModelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Node_OnTheHostsOwnSchema_NumbersEventsForGood(string name)
    {
        using var engine = Engine.Open(name, withSchema: false);
        var options = new DbContextOptionsBuilder<HostContext>();
        engine.Configure(options);
        await using (var context = new HostContext(options.Options))
            await context.Database.EnsureCreatedAsync(Cancellation);
        var mailbox = new Mailbox();
        await using var node = await Node.StartAsync(engine, handler: mailbox, upgradeSchema: false);

        var (session, link) = await node.InviteAsync();
        await Eventually.HoldsAsync(() => mailbox.Messages.Contains(link.ToUri().AbsoluteUri));
        await node.Technicians.CloseAsync(Node.Ada, session.Id, Cancellation);
        var latest = (await node.Directory.FindDetailsAsync(Node.Ada, session.Id, Cancellation))!.History.Events[^1].Sequence;
        // What the outbox still records is passed over.
        await Eventually.HoldsAsync(async () => await node.Store.EraseAsync(new() { EndedBefore = DateTimeOffset.MaxValue, Limit = 10 }, Cancellation) == 1);
        var (next, _) = await node.CreateAsync();

        (await node.Directory.FindDetailsAsync(Node.Ada, next.Id, Cancellation))!.History.Events[0].Sequence
            .Should().BeGreaterThan(latest, "a number is never given twice, or a stream that goes on after it would miss an event");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Start_WithoutTheHostsMigrations_SaysHowTheTablesComeAbout(string name)
    {
        using var engine = Engine.Open(name, withSchema: false);

        var starting = async () => await Node.StartAsync(engine, upgradeSchema: false);

        (await starting.Should().ThrowAsync<SessionStoreException>()).WithMessage("*dotnet ef migrations add*upgradeSchema*");
    }

    /// <summary>As after an upgrade without a migration.</summary>
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Store_WithoutAColumn_SaysHowItComesAbout(string name)
    {
        using var engine = Engine.Open(name);
        await using (var context = engine.OpenContext())
            await context.Database.ExecuteSqlRawAsync("ALTER TABLE rescue_setting RENAME COLUMN value TO former", Cancellation);

        var reading = async () => await engine.OpenSettings().FindAllAsync("default", Cancellation);

        (await reading.Should().ThrowAsync<SessionStoreException>()).WithMessage("*dotnet ef migrations add*upgradeSchema*");
    }

    /// <summary>A row that changes stays on its page, and its indexes are left alone, only where the page has room.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tables_OfWhichRowsChange_HaveRoomOnPostgreSql(bool isHosts)
    {
        using var engine = Engine.Open(Engine.PostgreSql, withSchema: !isHosts);
        var options = new DbContextOptionsBuilder<HostContext>();
        engine.Configure(options);
        await using var context = new HostContext(options.Options);
        if (isHosts)
            await context.Database.EnsureCreatedAsync(Cancellation);

        var room = await context.Database.SqlQuery<string>(
            $"SELECT relname || ' ' || array_to_string(reloptions, ' ') AS \"Value\" FROM pg_class WHERE relkind = 'r' AND reloptions IS NOT NULL AND relname LIKE 'rescue%'")
            .ToListAsync(Cancellation);

        room.Should().BeEquivalentTo(
            "rescue_session fillfactor=60", "rescue_outbox fillfactor=70", "rescue_code fillfactor=80", "rescue_heartbeat fillfactor=50", "rescue_subscription fillfactor=50");
    }

    private sealed class HostContext(DbContextOptions<HostContext> options) : DbContext(options)
    {
        public DbSet<Boat> Boats => Set<Boat>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddRescueSessions();
    }

    private sealed class Boat
    {
        public int Id { get; set; }
    }
}
