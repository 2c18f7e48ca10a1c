using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Sessions;

public sealed class NormalFormUpgradeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Run_RowsOfAnEarlierVersion_AreFoundInEverySpelling(string name)
    {
        using var engine = Engine.Open(name);
        var drafts = new[]
        {
            new Draft { CustomerName = "Jose\u0301 Ruiz", Reference = "Cafe\u0301" },
            new Draft { CustomerName = "Ana\u00A0Weber" },
            new Draft { CustomerName = "Ana  Weber", To = "\"victim\"@b\u200B.example", Messages = ["mail"] },
            new Draft { CustomerName = "Grace", To = "grace@bücher.example", Messages = ["mail"] },
        };
        foreach (var draft in drafts)
            await AddAsEarlierAsync(engine, draft);
        (await FindAsync(engine, drafts[0], "José Ruiz")).Should().BeEmpty("that is the fault");

        await UpgradeAsync(engine, TimeProvider.System);

        (await FindAsync(engine, drafts[0], "JOSÉ RUIZ")).Should().ContainSingle();
        (await FindAsync(engine, drafts[1], "Ana Weber")).Should().ContainSingle();
        (await FindAsync(engine, drafts[2], "victim@b.example")).Should().ContainSingle();
        (await FindAsync(engine, drafts[3], "grace@xn--bcher-kva.example")).Should().ContainSingle();
        (await engine.OpenSessions().ListAsync(new() { Tenant = drafts[0].Tenant, Search = "café" }, Cancellation)).Should().ContainSingle();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Run_RequestOfACustomer_IsStillFoundByItsTopic(string name)
    {
        using var engine = Engine.Open(name);
        var draft = new Draft { CustomerName = "José Ruiz", CreatedBy = null, Request = new("Pantalla negra") };
        await AddAsEarlierAsync(engine, draft);

        await UpgradeAsync(engine, TimeProvider.System);

        (await engine.OpenSessions().ListAsync(new() { Tenant = draft.Tenant, Search = "negra" }, Cancellation)).Should().ContainSingle();
    }

    /// <summary>The host waits for the upgrade when it starts.</summary>
    [Theory]
    [InlineData(Engine.Sqlite, "")]
    [InlineData(Engine.Sqlite, "{\"session\":{\"customer")]
    [InlineData(Engine.Sqlite, "[]")]
    [InlineData(Engine.Sqlite, "null")]
    [InlineData(Engine.Sqlite, "{\"session\":[\"José\"]}")]
    [InlineData(Engine.Sqlite, "{\"session\":{\"customerName\":\"\\ud83d\"}}")]
    [InlineData(Engine.PostgreSql, "")]
    [InlineData(Engine.PostgreSql, "{\"session\":[\"José\"]}")]
    public async Task Run_RowWhoseDocumentIsDamaged_IsPassedOver(string name, string document)
    {
        using var engine = Engine.Open(name);
        var damaged = new Draft { CustomerName = "Zoe\u0308" };
        await AddAsEarlierAsync(engine, damaged);
        await ExecuteAsync(engine, $"UPDATE rescue_session SET document = '{document}'");
        var sound = new Draft { CustomerName = "Jose\u0301" };
        await AddAsEarlierAsync(engine, sound);

        await UpgradeAsync(engine, TimeProvider.System);

        (await FindAsync(engine, sound, "José")).Should().ContainSingle();
        (await engine.OpenSessions().ListAsync(new() { Tenant = damaged.Tenant }, Cancellation)).Should().ContainSingle().Which.Status.Should().Be(SessionStatus.Unreadable);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Run_Again_LooksAtNewRowsForADay(string name)
    {
        using var engine = Engine.Open(name);
        var time = new FakeTimeProvider(Draft.Morning);
        await UpgradeAsync(engine, time);
        var byAnEarlierNode = new Draft { CustomerName = "Jose\u0301" };
        await AddAsEarlierAsync(engine, byAnEarlierNode);

        time.Advance(TimeSpan.FromHours(1));
        await UpgradeAsync(engine, time);
        (await FindAsync(engine, byAnEarlierNode, "José")).Should().ContainSingle();

        var later = new Draft { CustomerName = "Zoe\u0308" };
        await AddAsEarlierAsync(engine, later);
        time.Advance(TimeSpan.FromDays(2));
        await UpgradeAsync(engine, time);
        (await FindAsync(engine, later, "Zoë")).Should().BeEmpty("no node of the earlier version writes by then, and nothing is read again and again");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Run_MoreThanABatch_ReachesAll(string name)
    {
        using var engine = Engine.Open(name);
        var tenant = new Draft().Tenant;
        for (var i = 0; i < 501; i++)
            await engine.OpenSessions().CreateAsync(new Draft { Tenant = tenant, CustomerName = "Jose\u0301" }.Build(), Cancellation);
        await ExecuteAsync(engine, "UPDATE rescue_session SET customer = 'JOSE\u0301', search_text = 'JOSE\u0301'");

        await UpgradeAsync(engine, TimeProvider.System);

        (await engine.OpenSessions().EraseAsync(new() { Tenant = tenant, Customer = "José", EndedBefore = DateTimeOffset.MaxValue, Limit = 600 }, Cancellation))
            .Should().Be(0, "they are open");
        await ExecuteAsync(engine, "UPDATE rescue_session SET ended_at = 1");
        (await engine.OpenSessions().EraseAsync(new() { Tenant = tenant, Customer = "José", EndedBefore = DateTimeOffset.MaxValue, Limit = 600 }, Cancellation))
            .Should().Be(501);
    }

    private static Task UpgradeAsync(Engine engine, TimeProvider time) => new NormalFormUpgrade(engine.OpenDatabase(), time).RunAsync(Cancellation);

    // What the version before the forms put into the columns.
    private static async Task AddAsEarlierAsync(Engine engine, Draft draft)
    {
        var created = await engine.OpenSessions().CreateAsync(draft.Build(), Cancellation);
        var to = created.Session!.Session.Invitation?.To;
        await ExecuteAsync(
            engine,
            $"""
            UPDATE rescue_session SET customer = '{draft.CustomerName.ToUpperInvariant()}', recipient = {(to is null ? "NULL" : $"'{to.ToUpperInvariant()}'")},
                search_text = '{draft.CustomerName.ToUpperInvariant()}' || chr(10) || '{draft.Reference?.ToUpperInvariant()}'
            WHERE tenant = '{draft.Tenant}'
            """.Replace("chr(10)", engine is SqliteEngine ? "char(10)" : "chr(10)", StringComparison.Ordinal));
    }

    private static async Task<ImmutableArray<Session>> FindAsync(Engine engine, Draft draft, string customer) =>
        await engine.OpenSessions().ListAsync(new() { Tenant = draft.Tenant, Customer = customer }, Cancellation);

    private static async Task ExecuteAsync(Engine engine, string sql)
    {
        await using var context = engine.OpenContext();
        await context.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), Cancellation);
    }
}
