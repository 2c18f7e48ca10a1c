using System.Text;
using Microsoft.Data.Sqlite;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Stores;

public sealed class SqliteErasureTests : IDisposable
{
    private readonly SqliteEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Erase_LeavesNothingInTheFile()
    {
        var store = engine.OpenSessions();
        for (var i = 0; i < 20; i++)
        {
            var added = (await store.CreateAsync(new Draft { Tenant = "t", CustomerName = "Zyxwvut Personal", Messages = ["mail"] }.Build(), Cancellation)).Session!;
            var revoke = Changes.Of(SessionTrigger.Revoke, added.Session.CreatedAt.AddMinutes(1));
            await store.TransitionAsync(SessionSelector.ById(added.Session.Id), new() { Now = revoke.At }, revoke, Cancellation);
        }

        (await FileAsync()).Should().ContainEquivalentOf("Zyxwvut");
        await store.EraseAsync(new() { Tenant = "t", Customer = "zyxwvut personal", EndedBefore = DateTimeOffset.MaxValue, Limit = 100 }, Cancellation);

        (await FileAsync()).Should().NotContainEquivalentOf("Zyxwvut");
    }

    private async Task<string> FileAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={engine.File};Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await checkpoint.ExecuteNonQueryAsync(Cancellation);
        return Encoding.Latin1.GetString(await File.ReadAllBytesAsync(engine.File, Cancellation));
    }
}
