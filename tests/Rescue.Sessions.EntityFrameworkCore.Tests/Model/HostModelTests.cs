using Microsoft.EntityFrameworkCore;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Model;

/// <summary>A host that has the tables in a model of its own.</summary>
public sealed class HostModelTests
{
    private const string SqliteColumns =
        """
        SELECT t.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || (t.sql LIKE '%COLLATE%') || ' ' || (t.sql LIKE '%AUTOINCREMENT%') AS Value
        FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name LIKE 'rescue_%' AND t.name NOT LIKE 'rescue_search%' AND t.name <> 'rescue_schema' ORDER BY 1
        """;

    private const string PostgreSqlColumns =
        """
        SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, collation_name, is_nullable, is_identity, column_default) AS "Value"
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name LIKE 'rescue_%' AND table_name <> 'rescue_schema' ORDER BY 1
        """;

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

    /// <summary>The SQL of the stores names no schema, so the connection must.</summary>
    [Fact]
    public async Task Schema_OfTheHostsModel_IsFoundByTheSearchPathAlone()
    {
        using var engine = new PostgreSqlEngine(withSchema: false);
        await using (var context = OpenHost(engine, "schema"))
            await context.Database.EnsureCreatedAsync(Cancellation);

        var withoutPath = async () => await Node.StartAsync(engine, upgradeSchema: false);
        (await withoutPath.Should().ThrowAsync<SessionStoreException>()).WithMessage("*HasDefaultSchema*'Search Path=helpdesk,public'*");

        engine.SearchPath = "helpdesk,public";
        await using var node = await Node.StartAsync(engine, upgradeSchema: false);
        (await node.FindAsync((await node.InviteAsync()).Session.Id)).CustomerName.Should().Be("Grace Hopper");
    }

    /// <summary>What a host has agreed on for its own tables does not reach ours.</summary>
    [Theory]
    [InlineData(Engine.Sqlite, "length")]
    [InlineData(Engine.Sqlite, "type")]
    [InlineData(Engine.Sqlite, "collation")]
    [InlineData(Engine.Sqlite, "names")]
    [InlineData(Engine.PostgreSql, "length")]
    [InlineData(Engine.PostgreSql, "type")]
    [InlineData(Engine.PostgreSql, "collation")]
    [InlineData(Engine.PostgreSql, "names")]
    [InlineData(Engine.PostgreSql, "identityAlways")]
    [InlineData(Engine.PostgreSql, "identity")]
    [InlineData(Engine.PostgreSql, "serial")]
    [InlineData(Engine.PostgreSql, "hiLo")]
    public async Task Tables_UnderTheHostsConventions_AreAsTheLibraryMakesThem(string name, string convention)
    {
        using var engine = Engine.Open(name, withSchema: false);
        await using var context = OpenHost(engine, convention);
        await context.Database.EnsureCreatedAsync(Cancellation);
        await using var node = await Node.StartAsync(engine, upgradeSchema: false);

        var (_, link) = await node.InviteAsync();

        (await node.Customers.JoinAsync(link.Token!, "one", Cancellation)).Should().BeOfType<JoinResult.Joined>();
        using var own = Engine.Open(name);
        (await ColumnsAsync(engine)).Should().Equal(await ColumnsAsync(own));
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

    private static HostContext OpenHost(Engine engine, string convention)
    {
        // A model is kept for all contexts of one type.
        var options = new DbContextOptionsBuilder<HostContext>().EnableServiceProviderCaching(false);
        engine.Configure(options);
        return new((DbContextOptions<HostContext>)(convention == "names" ? options.UseSnakeCaseNamingConvention() : options).Options, convention);
    }

    private static async Task<List<string>> ColumnsAsync(Engine engine)
    {
        await using var context = OpenHost(engine, "");
        return await context.Database.SqlQueryRaw<string>(context.Database.IsSqlite() ? SqliteColumns : PostgreSqlColumns).ToListAsync(Cancellation);
    }

    private sealed class HostContext(DbContextOptions<HostContext> options, string convention = "") : DbContext(options)
    {
        public DbSet<Boat> Boats => Set<Boat>();

        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
        {
            if (convention == "length")
            {
                configurationBuilder.Properties<string>().HaveMaxLength(16);
                configurationBuilder.Properties<byte[]>().HaveMaxLength(16);
            }

            if (convention == "type")
                configurationBuilder.Properties<string>().HaveColumnType("varchar(16)");
            if (convention == "collation")
                configurationBuilder.Properties<string>().UseCollation(Database.IsSqlite() ? "NOCASE" : "C");
        }

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            _ = convention switch
            {
                "schema" => modelBuilder.HasDefaultSchema("helpdesk"),
                "identityAlways" => modelBuilder.UseIdentityAlwaysColumns(),
                "identity" => modelBuilder.UseIdentityByDefaultColumns(),
                "serial" => modelBuilder.UseSerialColumns(),
                "hiLo" => modelBuilder.UseHiLo(),
                _ => modelBuilder,
            };
            modelBuilder.AddRescueSessions();
        }
    }

    private sealed class Boat
    {
        public int Id { get; set; }
    }
}
