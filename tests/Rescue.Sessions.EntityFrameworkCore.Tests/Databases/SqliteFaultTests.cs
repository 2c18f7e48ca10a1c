using System.Data;
using Microsoft.Data.Sqlite;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Databases;

/// <summary>Each fault of a file shows as what it is, leaves nothing half-written, and is over when its cause is.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SqliteEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Locked_ByAnotherProcess_FailsUntilItIsFree()
    {
        using var database = new SqliteDatabase(Connect, Patience);
        var store = Engine.OpenSessions(database);
        var earlier = await AddAsync(store);
        using var other = Connect();
        other.Open();
        Execute(other, "BEGIN EXCLUSIVE");
        var creation = new Draft().Build();

        await FailsAsync(() => store.CreateAsync(creation, Cancellation).AsTask(), Busy);
        (await FindAsync(store, earlier)).Should().NotBeNull("readers do not wait");
        Execute(other, "ROLLBACK");

        (await FindAsync(store, creation.Session)).Should().BeNull("nothing is half-written");
        (await store.CreateAsync(creation, Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
    }

    [Fact]
    public async Task Locked_ManyWriters_AllFailInBoundedTime()
    {
        using var database = new SqliteDatabase(Connect, Patience);
        var store = Engine.OpenSessions(database);
        await AddAsync(store);
        using var other = Connect();
        other.Open();
        Execute(other, "BEGIN EXCLUSIVE");

        var writers = Enumerable.Range(0, 20).Select(_ => Task.Run(() => store.CreateAsync(new Draft().Build(), Cancellation).AsTask())).ToList();
        await Task.WhenAll(writers.Select(writer => ((Task)writer).ContinueWith(_ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default)));
        Execute(other, "ROLLBACK");

        writers.Should().OnlyContain(writer => writer.Exception!.InnerException is SessionStoreException);
        await AddAsync(store);
    }

    [Fact]
    public async Task FileIsReadOnly_RefusesToWriteAndReads()
    {
        var earlier = await AddAsync(engine.OpenSessions());
        var mode = "Mode=ReadOnly";
        using var database = new SqliteDatabase(() => Connect(mode), Patience);
        var store = Engine.OpenSessions(database);
        var creation = new Draft().Build();

        (await FindAsync(store, earlier)).Should().NotBeNull();
        await FailsAsync(() => store.CreateAsync(creation, Cancellation).AsTask(), ReadOnly);
        mode = "Mode=ReadWrite";

        (await store.CreateAsync(creation, Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
    }

    [Theory]
    [InlineData("mode=rwc")]
    [InlineData("mode=rw")]
    [InlineData("cache=private")]
    public async Task File_GivenByUri_IsOpenedAgain(string query)
    {
        using var database = new SqliteDatabase(() => new SqliteConnection($"Data Source=file:{engine.File}?{query};Pooling=False"), Patience);
        var store = Engine.OpenSessions(database);
        var earlier = await AddAsync(store);

        database.Dispose();

        (await FindAsync(store, earlier)).Should().NotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Mode=ReadWriteCreate")]
    [InlineData("mode=readwritecreate")]
    public async Task FileGoes_WhileItIsOpened_IsNotMadeAnew(string mode)
    {
        var away = engine.File + ".away";
        var goes = false;
        using var database = new SqliteDatabase(
            () =>
            {
                if (goes)
                    File.Move(engine.File, away);
                return Connect(mode);
            },
            Patience);
        var store = Engine.OpenSessions(database);
        var earlier = await AddAsync(store);
        database.Dispose();

        goes = true;
        await FailsAsync(() => FindAsync(store, earlier), CannotOpen);
        goes = false;

        File.Exists(engine.File).Should().BeFalse("an empty file would be taken for the database");
        File.Move(away, engine.File);
        (await FindAsync(store, earlier)).Should().NotBeNull();
    }

    [Fact]
    public async Task DiskIsFull_StoresAllOrNothing()
    {
        var full = true;
        var opened = new List<SqliteConnection>();
        using var database = new SqliteDatabase(ConnectToFullDisk, Patience);
        var store = Engine.OpenSessions(database);
        var earlier = await AddAsync(Engine.OpenSessions(new SqliteDatabase(Connect, Patience)));
        var creation = new Draft { Messages = [new string('x', 500_000)] }.Build();

        await FailsAsync(() => store.CreateAsync(creation, Cancellation).AsTask(), Full);
        (await FindAsync(store, creation.Session)).Should().BeNull();
        (await FindAsync(store, earlier)).Should().NotBeNull();
        full = false;
        foreach (var connection in opened.Where(connection => connection.State == ConnectionState.Open))
            Execute(connection, "PRAGMA max_page_count=1000000");

        (await store.CreateAsync(creation, Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
        (await store.ReadEventsAsync(new() { Session = creation.Session.Session.Id }, Cancellation)).Events.Should().ContainSingle();

        // SQLite answers a limit of pages as it answers a full disk.
        SqliteConnection ConnectToFullDisk()
        {
            var connection = Connect();
            connection.StateChange += (_, change) =>
            {
                if (full && change.CurrentState == ConnectionState.Open)
                    Execute(connection, "PRAGMA max_page_count=1");
            };
            opened.Add(connection);
            return connection;
        }
    }

    [Fact]
    public async Task FileIsDamaged_FailsAndIsNeverNotFound()
    {
        StoredSession earlier;
        using (var before = new SqliteDatabase(Connect, Patience))
            earlier = await AddAsync(Engine.OpenSessions(before));
        var good = await File.ReadAllBytesAsync(engine.File, Cancellation);
        var bad = good.ToArray();
        Array.Fill(bad, (byte)0xA5, 4096, bad.Length - 4096);
        await File.WriteAllBytesAsync(engine.File, bad, Cancellation);
        using var database = new SqliteDatabase(Connect, Patience);
        var store = Engine.OpenSessions(database);

        await FailsAsync(() => FindAsync(store, earlier));
        await FailsAsync(() => store.ListAsync(new() { Tenant = earlier.Session.Tenant }, Cancellation).AsTask());
        await FailsAsync(() => store.CreateAsync(new Draft().Build(), Cancellation).AsTask());
        await File.WriteAllBytesAsync(engine.File, good, Cancellation);

        (await FindAsync(store, earlier)).Should().NotBeNull();
    }

    [Fact]
    public async Task FileIsTakenAway_FailsUntilItIsPutBack()
    {
        using var database = new SqliteDatabase(Connect, Patience);
        var store = Engine.OpenSessions(database);
        var earlier = await AddAsync(store);

        File.Move(engine.File, engine.File + ".away");
        await FailsAsync(() => FindAsync(store, earlier));
        await FailsAsync(() => store.CreateAsync(new Draft().Build(), Cancellation).AsTask());
        File.Exists(engine.File).Should().BeFalse("an empty database in its place would look as if all sessions had gone");
        File.Move(engine.File + ".away", engine.File);

        (await FindAsync(store, earlier)).Should().NotBeNull();
        await AddAsync(store);
    }

    private static async Task<StoredSession> AddAsync(ISessionStore store) => (await store.CreateAsync(new Draft().Build(), Cancellation)).Session!;

    private static Task<StoredSession?> FindAsync(ISessionStore store, StoredSession session) =>
        store.FindAsync(SessionSelector.ById(session.Session.Id), Cancellation).AsTask();

    private static async Task FailsAsync(Func<Task> work, int? code = null)
    {
        var failure = await work.Should().ThrowAsync<SessionStoreException>();
        if (code is not null)
            failure.WithInnerException<SqliteException>().Which.SqliteErrorCode.Should().Be(code);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Connect() => Connect("Mode=ReadWrite");

    private SqliteConnection Connect(string mode) => new($"Data Source={engine.File};Pooling=False;{mode}");
}
