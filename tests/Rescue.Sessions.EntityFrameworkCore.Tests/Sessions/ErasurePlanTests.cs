using Npgsql;
using Rescue.Sessions.Codes;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Sessions;

/// <summary>An erasure keeps to its limit whichever plan PostgreSQL takes, which depends on how much is stored.</summary>
public sealed class ErasurePlanTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("-c enable_hashjoin=off -c enable_mergejoin=off -c enable_hashagg=off -c enable_sort=off -c enable_material=off -c enable_memoize=off")]
    [InlineData("-c enable_nestloop=off")]
    [InlineData("-c enable_hashjoin=off -c enable_nestloop=off")]
    public async Task Erase_WhateverThePlan_KeepsToItsLimit(string planner)
    {
        using var engine = new PostgreSqlEngine();
        var database = new PostgreSqlDatabase(
            () => new NpgsqlConnection(new NpgsqlConnectionStringBuilder(engine.ConnectionString) { Options = planner, Pooling = false }.ConnectionString));
        var store = Engine.OpenSessions(database);
        var draft = new Draft();
        for (var i = 0; i < 5; i++)
            await AddEndedAsync(store, draft with { Pin = [Hashes.New()], Token = [Hashes.New()] });

        var steps = new List<int>();
        for (var i = 0; i < 4; i++)
            steps.Add(await store.EraseAsync(new() { Tenant = draft.Tenant, EndedBefore = Draft.Morning.AddDays(1), Limit = 2 }, Cancellation));

        steps.Should().Equal(2, 2, 1, 0);
    }

    private static async Task AddEndedAsync(ISessionStore store, Draft draft)
    {
        var creation = draft.Build();
        await store.CreateAsync(creation, Cancellation);
        var change = new SessionChange { Kind = SessionEventKind.Transition, Trigger = SessionTrigger.Revoke, At = Draft.Morning, Actor = SessionActor.Technician };
        (await store.TransitionAsync(SessionSelector.ById(creation.Session.Session.Id), new() { Now = Draft.Morning }, change, Cancellation)).Applied.Should().BeTrue();
    }
}
