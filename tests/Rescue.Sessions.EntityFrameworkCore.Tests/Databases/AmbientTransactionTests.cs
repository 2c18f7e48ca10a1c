using System.Transactions;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Databases;

/// <summary>What a host does inside a <see cref="TransactionScope"/> is its own: only <see cref="HostTransaction"/> takes part in it.</summary>
public sealed class AmbientTransactionTests : IDisposable
{
    private readonly PostgreSqlEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Scope_CompletedOrNot_DecidesAboutTheHostsRowsAlone(bool completed)
    {
        var store = engine.OpenSessions();
        var added = (await store.CreateAsync(new Draft { Tenant = "t" }.Build(), Cancellation)).Session!;
        await ExecuteAsync("CREATE TABLE ticket (id int)");

        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await ExecuteAsync("INSERT INTO ticket VALUES (1)");
            var revoke = Changes.Of(SessionTrigger.Revoke, Draft.Morning.AddMinutes(1));
            (await store.TransitionAsync(SessionSelector.ById(added.Session.Id), new() { Now = revoke.At }, revoke, Cancellation)).Applied.Should().BeTrue();
            await store.CreateAsync(new Draft { Tenant = "t" }.Build(), Cancellation);
            if (completed)
                scope.Complete();
        }

        (await ExecuteAsync("SELECT count(*) FROM ticket")).Should().Be(completed ? 1L : 0L);
        (await store.ListAsync(new() { Tenant = "t" }, Cancellation)).Select(session => session.Status)
            .Should().BeEquivalentTo([SessionStatus.Connecting, SessionStatus.Closed]);
    }

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
