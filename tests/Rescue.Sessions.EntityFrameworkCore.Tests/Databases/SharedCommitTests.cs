using System.Data;
using Microsoft.Data.Sqlite;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Stores;
using SQLitePCL;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Databases;

/// <summary>Writers who come while one is at work wait for the disk together, and each is answered what is true of their own work.</summary>
public sealed class SharedCommitTests : IDisposable
{
    private const int InputOutputError = 10;
    private const int Full = 13;

    private readonly SqliteEngine engine = new();
    private readonly SqliteDatabase database;
    private int commits;
    private bool commitFails;

    public SharedCommitTests()
    {
        using var connection = new SqliteConnection($"Data Source={engine.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE note (text TEXT PRIMARY KEY)";
        command.ExecuteNonQuery();
        database = new(Connect, TimeSpan.FromSeconds(30));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        database.Dispose();
        engine.Dispose();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 1)]
    [InlineData(SharedCommit.Most, 1)]
    [InlineData(SharedCommit.Most + 1, 2)]
    [InlineData(1000, 32)]
    public async Task Writers_AtOnce_ShareCommits(int writers, int most)
    {
        var held = new HeldTurn(this);
        var others = Enumerable.Range(1, writers - 1).Select(i => InsertAsync($"{i}")).ToList();

        held.End();
        await Task.WhenAll([held.Work, .. others]);

        (await NotesAsync()).Should().HaveCount(writers);
        commits.Should().Be(most);
    }

    [Fact]
    public async Task Writers_OneAfterTheOther_AreStoredEachWhenAnswered()
    {
        for (var i = 1; i <= 3; i++)
        {
            await InsertAsync($"{i}");

            commits.Should().Be(i);
        }
    }

    [Fact]
    public async Task Writers_BeforeTheCommit_AreNotAnswered()
    {
        var held = new HeldTurn(this);
        var second = InsertAsync("second");
        var last = new HeldTurn(this, "last");

        held.End();
        await last.Begun;

        held.Work.IsCompleted.Should().BeFalse("nothing is on the disk yet");
        second.IsCompleted.Should().BeFalse();
        last.End();
        await Task.WhenAll(held.Work, second, last.Work);
        commits.Should().Be(1);
    }

    [Fact]
    public async Task Commit_Fails_FailsAllWhoShareItAndStoresNothing()
    {
        var held = new HeldTurn(this);
        Task[] others = [InsertAsync("1"), InsertAsync("2"), CountAsync()];
        commitFails = true;

        held.End();
        foreach (var work in (Task[])[held.Work, .. others])
            await work.Awaiting(task => task).Should().ThrowAsync<SessionStoreException>();

        commitFails = false;
        (await NotesAsync()).Should().BeEmpty();
        await InsertAsync("1");
        (await NotesAsync()).Should().Equal("1");
    }

    [Fact]
    public async Task Turn_RowIsRefused_FailsAlone()
    {
        var held = new HeldTurn(this);
        var (before, twice, after) = (InsertAsync("1"), InsertAsync("1"), InsertAsync("2"));

        held.End();
        await Task.WhenAll(held.Work, before, after);

        await twice.Awaiting(task => task).Should().ThrowAsync<SessionStoreException>();
        (await NotesAsync()).Should().Equal("1", "2", "first");
        commits.Should().Be(1);
    }

    [Fact]
    public async Task Turn_FailsOfItself_UndoesItsOwnAlone()
    {
        var held = new HeldTurn(this);
        var before = InsertAsync("1");
        var wrong = database.WriteAsync<bool>(
            async (work, cancellation) =>
            {
                await work.WriteAsync(Insert("wrong"), cancellation);
                throw new InvalidOperationException("A mistake.");
            },
            Cancellation).AsTask();
        var after = InsertAsync("2");

        held.End();
        await Task.WhenAll(held.Work, before, after);

        await wrong.Awaiting(task => task).Should().ThrowAsync<InvalidOperationException>();
        (await NotesAsync()).Should().Equal("1", "2", "first");
    }

    [Fact]
    public async Task Turn_EndsWithoutCommit_UndoesItsOwnAlone()
    {
        var held = new HeldTurn(this);
        var before = InsertAsync("1");
        var nothing = database.WriteAsync(async (work, cancellation) => await work.WriteAsync(Insert("dropped"), cancellation), Cancellation).AsTask();
        var after = InsertAsync("2");

        held.End();
        await Task.WhenAll(held.Work, before, nothing, after);

        (await NotesAsync()).Should().Equal("1", "2", "first");
        commits.Should().Be(1);
    }

    // A full or failing disk may roll all back by itself, or leave it in doubt.
    [Theory]
    [InlineData(Full, "PRAGMA max_page_count=1", "INSERT INTO note (text) VALUES (hex(zeroblob(1000000)))")]
    [InlineData(Full, "SELECT 1", "INSERT INTO note (text) SELECT 'full' WHERE fails(13) = 0")]
    [InlineData(InputOutputError, "SELECT 1", "INSERT INTO note (text) SELECT 'broken' WHERE fails(10) = 0")]
    public async Task Turn_DiskFails_OthersAreDoneAgain(int code, string first, string then)
    {
        var held = new HeldTurn(this);
        var (before, counted) = (InsertAsync("1"), CountAsync());
        var failing = database.WriteAsync(
            async (work, cancellation) =>
            {
                await work.ReadAsync(new(first), _ => true, cancellation);
                return await work.WriteAsync(new(then), cancellation);
            },
            Cancellation).AsTask();
        var after = InsertAsync("2");

        held.End();
        await Task.WhenAll(held.Work, before, counted, after);

        (await failing.Awaiting(task => task).Should().ThrowAsync<SessionStoreException>())
            .WithInnerException<SqliteException>().Which.SqliteErrorCode.Should().Be(code);
        (await NotesAsync()).Should().Equal("1", "2", "first");
        held.Times.Should().Be(2);
    }

    [Fact]
    public async Task Turn_OnlyReads_IsAnsweredWhenWhatItSawIsStored()
    {
        var held = new HeldTurn(this);
        var counted = CountAsync();
        var last = new HeldTurn(this, "last");

        held.End();
        await last.Begun;

        counted.IsCompleted.Should().BeFalse();
        last.End();
        await Task.WhenAll(held.Work, last.Work);
        (await counted).Should().Be(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Waiter_GivesUp_TheRestIsStored(bool isLast)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var held = new HeldTurn(this);
        var before = InsertAsync("1");
        var givingUp = InsertAsync("never", given.Token);
        var after = isLast ? Task.CompletedTask : InsertAsync("2");

        await given.CancelAsync();
        await givingUp.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        held.End();
        await Task.WhenAll(held.Work, before, after);

        (await NotesAsync()).Should().Equal(isLast ? ["1", "first"] : ["1", "2", "first"]);
        commits.Should().Be(1);
    }

    [Fact]
    public async Task Erased_WhileOthersShareACommit_IsForgottenAfterIt()
    {
        database.NoteErased();
        var held = new HeldTurn(this);
        var (before, forgotten, after) = (InsertAsync("1"), database.ForgetErasedAsync(Cancellation).AsTask(), InsertAsync("2"));

        held.End();
        await Task.WhenAll(held.Work, before, forgotten, after);

        (await NotesAsync()).Should().Equal("1", "2", "first");
        commits.Should().Be(2);
    }

    private static Statement Insert(string text) => new("INSERT INTO note (text) VALUES (@text)", ("text", text));

    private Task InsertAsync(string text, CancellationToken? cancellationToken = null) =>
        database.WriteAsync([Insert(text)], cancellationToken ?? Cancellation).AsTask();

    private async Task<long> CountAsync() => await database.WriteAsync(
        async (work, cancellation) => (await work.ReadAsync(new("SELECT count(*) FROM note"), row => row.GetInt64(0), cancellation))[0], Cancellation);

    private async Task<IEnumerable<string>> NotesAsync() =>
        await database.ReadAsync(new("SELECT text FROM note ORDER BY text"), row => row.GetString(0), Cancellation);

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={engine.File};Pooling=False");
        connection.CreateFunction("fails", (int code) => code == 0 ? 0 : throw new SqliteException("The disk fails.", code));
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == ConnectionState.Open)
                raw.sqlite3_commit_hook(connection.Handle, _ => Commit(), null);
        };
        return connection;
    }

    // What is not 0 makes the commit fail.
    private int Commit()
    {
        if (commitFails)
            return 1;
        commits++;
        return 0;
    }

    /// <summary>Writes a note, and keeps its turn until it is told to end.</summary>
    private sealed class HeldTurn
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldTurn(SharedCommitTests test, string text = "first") => Work = test.database.WriteAsync(
            async (work, _) =>
            {
                work.Add(Insert(text));
                Times++;
                begun.TrySetResult();
                await end.Task;
                await work.CommitAsync();
                return true;
            },
            Cancellation).AsTask();

        /// <summary>When it is its turn.</summary>
        public Task Begun => begun.Task;

        public Task Work { get; }

        /// <summary>How often it was done.</summary>
        public int Times { get; private set; }

        public void End() => end.SetResult();
    }
}
