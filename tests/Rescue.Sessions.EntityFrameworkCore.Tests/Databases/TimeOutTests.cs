using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Limits;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Limits;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Databases;

/// <summary>A server that keeps everybody waiting: what has run into a time-out is given up, and not asked for five times as long.</summary>
public sealed class TimeOutTests
{
    private const string Slow = "SELECT pg_sleep(60)::text";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("read")]
    [InlineData("read before a write")]
    [InlineData("write")]
    [InlineData("limit that another takes")]
    public async Task Statement_ThatTakesTooLong_IsAskedOnce(string kind)
    {
        using var engine = new PostgreSqlEngine();
        var (database, opened) = await OpenAsync($"{engine.ConnectionString};Command Timeout=1");
        await using var other = new NpgsqlConnection(engine.ConnectionString);
        await other.OpenAsync(Cancellation);
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await using (var taking = new NpgsqlCommand("LOCK TABLE rescue_limit IN ACCESS EXCLUSIVE MODE", other))
            await taking.ExecuteNonQueryAsync(Cancellation);
        Func<Task> ask = kind switch
        {
            "read" => () => database.ReadAsync(new(Slow), row => row.GetString(0), Cancellation).AsTask(),
            "read before a write" => () => database.ExecuteAsync(new(Slow), row => row.GetString(0), Cancellation).AsTask(),
            "write" => () => database.ExecuteAsync(new(Slow), Cancellation).AsTask(),
            _ => () => new EntityFrameworkLimitStore(database).TryTakeAsync([new("test", 3, TimeSpan.FromMinutes(10))], Draft.Morning, Cancellation).AsTask(),
        };

        (await ask.Should().ThrowAsync<SessionStoreException>()).Which.InnerException.Should().BeOfType<NpgsqlException>().Which.InnerException.Should().BeOfType<TimeoutException>();

        opened.Should().ContainSingle();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pool_ThatIsExhausted_IsWaitedForOnce(bool toWrite)
    {
        using var engine = new PostgreSqlEngine();
        var connectionString = $"{engine.ConnectionString};Maximum Pool Size=1;Timeout=1";
        var (database, opened) = await OpenAsync(connectionString);
        await using var other = new NpgsqlConnection(connectionString);
        await other.OpenAsync(Cancellation);

        await FluentActions.Awaiting(() => AskAsync(database, toWrite)).Should().ThrowAsync<SessionStoreException>();

        opened.Should().ContainSingle();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_ThatNeverAnswers_IsWaitedForOnce(bool toWrite)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        // Who comes is let in by the system, and nobody speaks.
        server.Start();
        var opened = new List<DbConnection>();
        var database = Counting($"Host=127.0.0.1;Port={((IPEndPoint)server.LocalEndpoint).Port};Username=u;Database=d;Timeout=1;Pooling=false", opened);

        await FluentActions.Awaiting(() => AskAsync(database, toWrite)).Should().ThrowAsync<SessionStoreException>();

        opened.Should().ContainSingle();
    }

    [Fact]
    public async Task Request_WhoseStatementTakesTooLong_Answers503()
    {
        using var engine = new PostgreSqlEngine();
        await using var node = await Node.StartAsync(new ImpatientEngine(engine));
        var (session, _) = await node.CreateAsync();
        await using var other = new NpgsqlConnection(engine.ConnectionString);
        await other.OpenAsync(Cancellation);
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await using (var taking = new NpgsqlCommand("LOCK TABLE rescue_session IN ACCESS EXCLUSIVE MODE", other))
            await taking.ExecuteNonQueryAsync(Cancellation);

        using var answer = await node.Http.GetAsync($"/rescue/sessions/{session.Id}", Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.Should().NotBeNull();
        await transaction.RollbackAsync(Cancellation);
    }

    private static Task AskAsync(Database database, bool toWrite) => toWrite
        ? database.WriteAsync([new("DELETE FROM rescue_limit")], Cancellation).AsTask()
        : database.ReadAsync(new("SELECT 1"), row => row.GetInt32(0), Cancellation).AsTask();

    // One that knows already how events are numbered.
    private static async Task<(Database Database, List<DbConnection> Opened)> OpenAsync(string connectionString)
    {
        var opened = new List<DbConnection>();
        var database = Counting(connectionString, opened);
        await database.EventBoundAsync(Cancellation);
        opened.Clear();
        return (database, opened);
    }

    private static PostgreSqlDatabase Counting(string connectionString, List<DbConnection> opened) => new(() =>
    {
        opened.Add(new NpgsqlConnection(connectionString));
        return opened[^1];
    });

    private sealed class ImpatientEngine(PostgreSqlEngine engine) : Engine
    {
        public override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql($"{engine.ConnectionString};Command Timeout=1");
    }
}
