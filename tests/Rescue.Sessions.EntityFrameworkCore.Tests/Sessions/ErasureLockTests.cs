using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Sessions;

/// <summary>A customer's sessions are erased though somebody changes one at that moment; what is only old is left to the next turn of the sweep.</summary>
public sealed class ErasureLockTests : IDisposable
{
    private readonly PostgreSqlEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Erase_WhileASessionIsChanged_WaitsForACustomersAlone(bool isCustomers, int expected)
    {
        var store = engine.OpenSessions();
        var draft = new Draft { CustomerName = "Grace Hopper" };
        var changed = await AddEndedAsync(store, draft);
        await AddEndedAsync(store, draft);
        await using var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var changing = await connection.BeginTransactionAsync(Cancellation);
        await using (var change = new NpgsqlCommand("SELECT 1 FROM rescue_session WHERE id = @id FOR UPDATE", connection, changing))
        {
            change.Parameters.AddWithValue("id", changed.Value.ToByteArray(bigEndian: true));
            await change.ExecuteNonQueryAsync(Cancellation);
        }

        var erasing = store.EraseAsync(
            new() { Tenant = draft.Tenant, Customer = isCustomers ? "grace hopper" : null, EndedBefore = DateTimeOffset.MaxValue, Limit = 10 }, Cancellation).AsTask();
        if (isCustomers)
            await Eventually.HoldsAsync(async () => await engine.CountWaitingAsync(Cancellation) > 0);
        else
            await erasing;
        await changing.CommitAsync(Cancellation);

        (await erasing).Should().Be(expected);
    }

    [Fact]
    public async Task EraseCustomer_ByTwoAtOnce_LeavesNothingAndNobodyIsToldThatSessionsAreOpen()
    {
        // They ended long ago, and are not to be swept meanwhile.
        await using var node = await Node.StartAsync(engine, options => options.Retention.Ended = TimeSpan.Zero);
        var (draft, created) = (new Draft { CustomerName = "Grace Hopper", Tenant = Node.Ada.Tenant }, 450);
        for (var i = 0; i < created; i++)
            await AddEndedAsync(node.Store, draft);
        var data = node.Get<PersonalData>();

        var erasures = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => data.EraseAsync(Node.Ada, "Grace Hopper", Cancellation).AsTask())));

        erasures.Should().AllBeOfType<CustomerErasure.Done>();
        erasures.Cast<CustomerErasure.Done>().Sum(done => done.Erased).Should().Be(created);
        erasures.Cast<CustomerErasure.Done>().Should().OnlyContain(done => done.Open == 0);
        (await node.Store.ListAsync(new() { Tenant = draft.Tenant, Customer = "Grace Hopper" }, Cancellation)).Should().BeEmpty();
    }

    private static async Task<SessionId> AddEndedAsync(ISessionStore store, Draft draft)
    {
        var creation = (draft with { Pin = [Hashes.New()], Token = [Hashes.New()] }).Build();
        await store.CreateAsync(creation, Cancellation);
        var close = Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(1));
        await store.TransitionAsync(SessionSelector.ById(creation.Session.Session.Id), new() { Now = close.At }, close, Cancellation);
        return creation.Session.Session.Id;
    }
}
