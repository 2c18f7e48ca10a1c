using System.Data;
using Microsoft.Data.Sqlite;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.StoreContract;
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
    private bool closingFails;

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
    public async Task Commit_FailsAndSoDoesClosing_EverybodyHearsAndTheNextWrites()
    {
        var held = new HeldTurn(this);
        var other = InsertAsync("1");
        commitFails = closingFails = true;

        held.End();
        await held.Work.Awaiting(task => task).Should().ThrowAsync<SessionStoreException>();
        await other.Awaiting(task => task).Should().ThrowAsync<SessionStoreException>();

        commitFails = closingFails = false;
        await InsertAsync("2");
        (await NotesAsync()).Should().Equal("2");
    }

    [Fact]
    public async Task Reader_ClosingFails_LeavesTheTurnOnce()
    {
        var end = new TaskCompletionSource();
        var reader = database.WriteAsync(
            async (work, cancellation) =>
            {
                // As a failing disk does it by itself.
                await work.ReadAsync(new("ROLLBACK"), _ => true, cancellation);
                await end.Task;
                return true;
            },
            Cancellation).AsTask();
        var (held, next) = (new HeldTurn(this), new HeldTurn(this, "next"));

        closingFails = true;
        end.SetResult();
        await reader.Awaiting(task => task).Should().ThrowAsync<InvalidOperationException>();
        closingFails = false;
        await held.Begun;

        next.Begun.IsCompleted.Should().BeFalse("there is one writer at a time");
        held.End();
        next.End();
        await Task.WhenAll(held.Work, next.Work);
        commits.Should().Be(1, "the next shares the commit of the one who was at work");
    }

    [Fact]
    public async Task File_GoesBeforeTheCommit_ItsOnlyWriterIsNotToldThatTheirsIsStored()
    {
        await InsertAsync("before");
        var held = new HeldTurn(this);

        File.Move(engine.File, engine.File + ".away");
        held.End();
        await held.Work.Awaiting(task => task).Should().ThrowAsync<SessionStoreException>();
        File.Move(engine.File + ".away", engine.File);

        (await NotesAsync()).Should().Equal("before");
    }

    [Theory]
    [InlineData("INSERT INTO note (text) VALUES ('1')")]
    [InlineData("INSERT INTO note (text) VALUES ('3'), ('3')")]
    [InlineData("INSERT INTO nothing (text) VALUES ('3')")]
    [InlineData("INSERT INTO note (text, more) VALUES ('3', 1)")]
    [InlineData("INSERT INTO note (text) VALUES (zeroblob(1000000001))")]
    public async Task Turn_StatementIsRefused_FailsAlone(string statement)
    {
        var held = new HeldTurn(this);
        var (before, refused, after) = (InsertAsync("1"), database.ExecuteAsync(new(statement), Cancellation).AsTask(), InsertAsync("2"));

        held.End();
        await Task.WhenAll(held.Work, before, after);

        await refused.Awaiting(task => task).Should().ThrowAsync<SessionStoreException>();
        (await NotesAsync()).Should().Equal("1", "2", "first");
        held.Times.Should().Be(1);
        commits.Should().Be(1);
    }

    [Fact]
    public async Task Turns_ManyAreUndone_TheFirstWaitsForNoMoreThanItsShare()
    {
        var held = new HeldTurn(this);
        var undone = Enumerable.Range(0, SharedCommit.Most).Select(_ => CountAsync(isRefused: true)).ToList();
        var last = new HeldTurn(this, "last");

        held.End();
        await last.Begun;

        commits.Should().Be(1);
        last.End();
        await Task.WhenAll([held.Work, last.Work, .. undone.Select(work => work.Awaiting(task => task).Should().ThrowAsync<InvalidOperationException>())]);
    }

    [Fact]
    public async Task File_GoesMeanwhile_NobodyIsToldThatTheirsIsStored()
    {
        await InsertAsync("before");
        var held = new HeldTurn(this);
        var other = InsertAsync("1");

        File.Move(engine.File, engine.File + ".away");
        held.End();
        await held.Work.Awaiting(task => task).Should().ThrowAsync<SessionStoreException>();
        await other.Awaiting(task => task).Should().ThrowAsync<SessionStoreException>();
        File.Move(engine.File + ".away", engine.File);

        (await NotesAsync()).Should().Equal("before");
    }

    // Triggers keep the table by which sessions are searched for.
    [Fact]
    public async Task Turn_IsUndone_ItsSessionIsNotFoundBySearching()
    {
        var store = Engine.OpenSessions(database);
        var held = new HeldTurn(this);
        var drafts = new[] { "Grace Hopper", "Hedy Lamarr", "Mary Shelley" }.Select(name => new Draft { CustomerName = name }).ToArray();
        var before = store.CreateAsync(drafts[0].Build(), Cancellation).AsTask();
        var undone = database.WriteAsync<bool>(
            async (work, cancellation) =>
            {
                await work.WriteAsync(SessionSql.Insert(drafts[1].Build().Session, null), cancellation);
                throw new InvalidOperationException("A mistake.");
            },
            Cancellation).AsTask();
        var after = store.CreateAsync(drafts[2].Build(), Cancellation).AsTask();

        held.End();
        await Task.WhenAll(held.Work, before, after);
        await undone.Awaiting(task => task).Should().ThrowAsync<InvalidOperationException>();

        foreach (var (draft, expected) in drafts.Zip([1, 0, 1]))
            (await store.ListAsync(new() { Tenant = draft.Tenant, Search = draft.CustomerName[2..7] }, Cancellation)).Should().HaveCount(expected);
        commits.Should().Be(1);
        (await database.ReadAsync(new("SELECT count(*) FROM rescue_session"), row => row.GetInt64(0), Cancellation)).Should().Equal(2);
        await database.ExecuteAsync(new("INSERT INTO rescue_search (rescue_search) VALUES ('integrity-check')"), Cancellation);
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

    private async Task<long> CountAsync(bool isRefused = false) => await database.WriteAsync(
        async (work, cancellation) =>
        {
            var count = (await work.ReadAsync(new("SELECT count(*) FROM note"), row => row.GetInt64(0), cancellation))[0];
            return isRefused ? throw new InvalidOperationException("A mistake.") : count;
        },
        Cancellation);

    private async Task<IEnumerable<string>> NotesAsync() =>
        await database.ReadAsync(new("SELECT text FROM note ORDER BY text"), row => row.GetString(0), Cancellation);

    private Connection Connect()
    {
        var connection = new Connection(this);
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

    private sealed class Connection(SharedCommitTests test) : SqliteConnection($"Data Source={test.engine.File};Pooling=False")
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (test.closingFails)
                throw new InvalidOperationException("Closing fails too.");
        }
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
