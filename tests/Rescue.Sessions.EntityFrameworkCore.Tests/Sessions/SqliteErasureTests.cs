using System.Data;
using System.Text;
using Microsoft.Data.Sqlite;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Presence;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using SQLitePCL;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Sessions;

public sealed class SqliteErasureTests : IDisposable
{
    private readonly SqliteEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Erase_LeavesNothingInTheFile()
    {
        var store = engine.OpenSessions();
        await AddAsync(store);
        (await FileAsync()).Should().ContainEquivalentOf("Zyxwvut");
        await EraseAsync(store);

        // The text index keeps every three characters.
        (await FileAsync()).Should().NotContainEquivalentOf("Zyx");
    }

    [Fact]
    public async Task Erase_LeavesNothingInTheWriteAheadLog()
    {
        var store = engine.OpenSessions();
        await AddAsync(store);
        (await LogAsync()).Should().ContainEquivalentOf("Zyxwvut");

        await EraseAsync(store);

        (await LogAsync()).Should().NotContainEquivalentOf("Zyx");
        (await File.ReadAllTextAsync(engine.File, Encoding.Latin1, Cancellation)).Should().NotContainEquivalentOf("Zyx");
    }

    [Fact]
    public async Task Erase_LogIsBeingRead_IsForgottenAfterwards()
    {
        var database = engine.OpenDatabase();
        var store = Engine.OpenSessions(database);
        await AddAsync(store);
        await using (var reader = new SqliteConnection($"Data Source={engine.File};Pooling=false"))
        {
            await reader.OpenAsync(Cancellation);
            await using var transaction = reader.BeginTransaction(deferred: true);
            await using var command = reader.CreateCommand();
            command.CommandText = "SELECT count(*) FROM rescue_session";
            (await command.ExecuteScalarAsync(Cancellation)).Should().Be(20L);
            await EraseAsync(store);
            (await LogAsync()).Should().ContainEquivalentOf("Zyxwvut", "the reader still sees it");
        }

        await database.ForgetErasedAsync(Cancellation);

        (await LogAsync()).Should().NotContainEquivalentOf("Zyx");
    }

    [Fact]
    public async Task Erase_LogWasBeingReadWhenTheProcessEnded_IsForgottenByTheNext()
    {
        await using var reader = new SqliteConnection($"Data Source={engine.File};Pooling=false");
        await reader.OpenAsync(Cancellation);
        var ended = engine.OpenDatabase();
        await AddAsync(Engine.OpenSessions(ended));
        await using (var transaction = reader.BeginTransaction(deferred: true))
        {
            await using var command = reader.CreateCommand();
            command.CommandText = "SELECT count(*) FROM rescue_session";
            (await command.ExecuteScalarAsync(Cancellation)).Should().Be(20L);
            await EraseAsync(Engine.OpenSessions(ended));
        }

        ((SqliteDatabase)ended).Dispose();
        (await LogAsync()).Should().ContainEquivalentOf("Zyxwvut");

        await engine.OpenDatabase().ForgetErasedAsync(Cancellation);

        (await LogAsync()).Should().NotContainEquivalentOf("Zyx");
    }

    [Fact]
    public async Task Erase_InAHostsTransactionWhileTheLogIsBegunAnew_IsForgottenAtTheNextCall()
    {
        SqliteDatabase? database = null;
        var isNoted = false;
        using var opened = database = new(() =>
        {
            var connection = new SqliteConnection($"Data Source={engine.File};Pooling=false");
            connection.StateChange += (_, change) =>
            {
                if (change.CurrentState == ConnectionState.Open)
                    raw.sqlite3_profile(connection.Handle, (_, statement, _) => NoteBehind(statement), null);
            };
            return connection;
        });
        database.NoteErased();
        await database.ForgetErasedAsync(Cancellation);
        isNoted.Should().BeTrue();
        await AddAsync(Engine.OpenSessions(database));
        (await LogAsync()).Should().ContainEquivalentOf("Zyxwvut");

        await database.ForgetErasedAsync(Cancellation);

        (await LogAsync()).Should().NotContainEquivalentOf("Zyx");

        // As a host's transaction does that erases when the log has been begun anew, and before that is known.
        void NoteBehind(string statement)
        {
            if (isNoted || !statement.Contains("wal_checkpoint", StringComparison.Ordinal))
                return;
            isNoted = true;
            database!.NoteErased();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EraseOrForgetTechnician_LeavesNothingInTheFileAndTheWriteAheadLog(bool byName)
    {
        var store = engine.OpenSessions();
        await store.SetPresenceAsync("t", new("zyxwvut", "Zyxwvut Personal"), TechnicianPresence.Away, Draft.Morning, Cancellation);
        (await LogAsync()).Should().ContainEquivalentOf("Zyxwvut");

        if (byName)
            await store.EraseTechnicianAsync("t", "zyxwvut", Cancellation);
        else
            await store.ForgetTechniciansAsync(Draft.Morning.AddDays(1), Cancellation);

        (await LogAsync()).Should().NotContainEquivalentOf("Zyx");
        (await File.ReadAllTextAsync(engine.File, Encoding.Latin1, Cancellation)).Should().NotContainEquivalentOf("Zyx");
    }

    /// <summary>The host's connection has other settings than the library's.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Erase_AfterOrInAHostsTransaction_LeavesNothingInTheFile(bool isMadeInside, bool isErasedInside)
    {
        var store = engine.OpenSessions();
        await (isMadeInside ? InHostsTransactionAsync(() => AddAsync(store, others: true)) : AddAsync(store, others: true));
        (await FileAsync()).Should().ContainEquivalentOf("Zyxwvut");

        await (isErasedInside ? InHostsTransactionAsync(() => EraseAsync(store)) : EraseAsync(store));

        (await store.ListAsync(new() { Tenant = "t" }, Cancellation)).Should().BeEmpty();
        (await FileAsync()).Should().NotContainEquivalentOf("Zyx");
    }

    [Fact]
    public async Task Erase_InAHostsTransactionWithoutForeignKeys_IsRefusedAndErasesNothing()
    {
        var store = engine.OpenSessions();
        await AddAsync(store);

        var erasing = () => InHostsTransactionAsync(() => EraseAsync(store), "Foreign Keys=False");

        await erasing.Should().ThrowAsync<InvalidOperationException>().WithMessage("*Foreign Keys=True*");
        (await store.ListAsync(new() { Tenant = "t" }, Cancellation)).Should().HaveCount(20);
        await InHostsTransactionAsync(() => EraseAsync(store), "Foreign Keys=True");
        (await store.ListAsync(new() { Tenant = "t" }, Cancellation)).Should().BeEmpty();
    }

    private async Task InHostsTransactionAsync(Func<Task> write, string settings = "")
    {
        await using var connection = new SqliteConnection($"Data Source={engine.File};Pooling=false;{settings}");
        await connection.OpenAsync(Cancellation);
        await using var transaction = connection.BeginTransaction();
        using (HostTransaction.Join(transaction))
            await write();
        await transaction.CommitAsync(Cancellation);
    }

    private static async Task AddAsync(ISessionStore store, bool others = false)
    {
        for (var i = 0; i < 20; i++)
        {
            // They stay, and with them the pages on which the rest was.
            if (others)
                await store.CreateAsync(new Draft { Tenant = "other", CustomerName = "Grace Hopper", Messages = ["mail"] }.Build(), Cancellation);
            var added = (await store.CreateAsync(new Draft { Tenant = "t", CustomerName = "Zyxwvut Personal", Messages = ["mail"] }.Build(), Cancellation)).Session!;
            var revoke = Changes.Of(SessionTrigger.Revoke, added.Session.CreatedAt.AddMinutes(1));
            await store.TransitionAsync(SessionSelector.ById(added.Session.Id), new() { Now = revoke.At }, revoke, Cancellation);
        }
    }

    private static async Task EraseAsync(ISessionStore store)
    {
        var erasure = new SessionErasure { Tenant = "t", Customer = "zyxwvut personal", EndedBefore = DateTimeOffset.MaxValue, Limit = 8 };
        while (await store.EraseAsync(erasure, Cancellation) == erasure.Limit)
        {
            // There are more.
        }
    }

    private async Task<string> LogAsync()
    {
        await using var log = new FileStream(engine.File + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(log, Encoding.Latin1);
        return await text.ReadToEndAsync(Cancellation);
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
