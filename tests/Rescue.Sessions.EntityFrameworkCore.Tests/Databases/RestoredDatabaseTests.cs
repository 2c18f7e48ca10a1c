using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Databases;

/// <summary>A database that was dumped in one PostgreSQL cluster and restored into another, whose transactions count from lower.</summary>
public sealed class RestoredDatabaseTests : IDisposable
{
    private const long AsInAnOldCluster = 1024L * 1_000_000_000;

    private readonly PostgreSqlEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Create_AndChange_ComeAfterAllThatIsRestored()
    {
        var before = await WriteAsync(engine.OpenSessions(), 3);
        await RestoreAsync(AsInAnOldCluster);

        var after = await WriteAsync(engine.OpenSessions(), 3);

        // A transaction that others began before, anywhere in the cluster, may hold the stream up for a moment.
        var told = new List<SessionEvent>();
        var store = engine.OpenSessions();
        while (told.Count < 12)
        {
            var cursor = told.Count == 0 ? 0 : told[^1].Sequence;
            await store.WaitForEventsAsync(cursor, Cancellation);
            told.AddRange((await store.ReadEventsAsync(new() { After = cursor }, Cancellation)).Events);
        }

        told.Select(e => e.Sequence).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        told.Select(e => e.Session).Distinct().Should().Equal([.. before, .. after]);
    }

    /// <summary>The new cluster comes to numbers that the old one gave: nothing must stumble over them.</summary>
    [Fact]
    public async Task Create_WhereNumbersWereGivenBefore_IsNotTakenForATakenPin()
    {
        var store = engine.OpenSessions();
        await WriteAsync(store, 1);
        await RestoreAsync(0, copies: 2000);

        await WriteAsync(engine.OpenSessions(), 20);
    }

    [Fact]
    public async Task Nodes_ThatStartAfterwards_GoByTheSameNumbers()
    {
        await WriteAsync(engine.OpenSessions(), 1);
        await RestoreAsync(AsInAnOldCluster);
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var store = engine.OpenSessions();
            return WriteAsync(store, 2);
        })));

        nodes.SelectMany(ids => ids).Should().OnlyHaveUniqueItems().And.HaveCount(8);
        foreach (var id in nodes.SelectMany(ids => ids))
            (await engine.OpenSessions().ReadEventsAsync(new() { Session = id }, Cancellation)).Events.Should().OnlyContain(e => e.Sequence > AsInAnOldCluster);
    }

    /// <summary>A subscription is ahead of all events where it has handled none yet, and where those that it has handled were erased.</summary>
    [Fact]
    public async Task Create_BesideASubscription_ComesAfterAllThatItHasHandled()
    {
        await using var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(
            $"INSERT INTO rescue_subscription (name, position, fence, holder, held_until) VALUES ('crm', {AsInAnOldCluster}, 1, '', 0)", connection);
        await command.ExecuteNonQueryAsync(Cancellation);

        var ids = await WriteAsync(engine.OpenSessions(), 1);

        (await engine.OpenSessions().ReadEventsAsync(new() { Session = ids[0] }, Cancellation)).Events.Should().OnlyContain(e => e.Sequence > AsInAnOldCluster);
    }

    private static async Task<List<SessionId>> WriteAsync(ISessionStore store, int sessions)
    {
        var ids = new List<SessionId>();
        for (var i = 0; i < sessions; i++)
        {
            var created = await store.CreateAsync(new Draft { Messages = ["mail"] }.Build(), Cancellation);
            created.Outcome.Should().Be(SessionCreationOutcome.Created);
            var closed = await store.TransitionAsync(
                SessionSelector.ById(created.Session!.Session.Id), new() { Now = Draft.Morning }, Changes.Of(SessionTrigger.Close, Draft.Morning), Cancellation);
            closed.Applied.Should().BeTrue();
            ids.Add(created.Session.Session.Id);
        }

        return ids;
    }

    // As if what is there had been numbered by another cluster: moved far away, or copied onto each of the numbers that come next here.
    private async Task RestoreAsync(long by, int copies = 0)
    {
        await using var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            UPDATE rescue_event SET sequence = sequence + {by};
            UPDATE rescue_outbox SET position = position + {by};
            INSERT INTO rescue_event (sequence, session_id, tenant, document)
            SELECT (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + step) * 1024 + place, e.session_id, e.tenant, e.document
            FROM (SELECT * FROM rescue_event ORDER BY sequence LIMIT 1) e, generate_series(1, {copies}) step, generate_series(0, 1) place;
            """,
            connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
