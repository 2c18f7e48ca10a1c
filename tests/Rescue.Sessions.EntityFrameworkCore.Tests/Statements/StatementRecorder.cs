using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Statements;

/// <summary>
/// Hears from the database itself what each statement cost, whoever sent it: PostgreSQL tells the plan with which it has run a statement, triggers and
/// cascades included; SQLite counts the rows that a statement has walked without an index.
/// </summary>
internal sealed partial class StatementRecorder(Engine engine) : IDisposable
{
    // SQLITE_STMTSTATUS_FULLSCAN_STEP and SQLITE_STMTSTATUS_AUTOINDEX (sqlite3.h).
    private const int WalkedRows = 1;
    private const int RowsOfAnIndexMadeOnTheWay = 3;

    // SQLITE_STMTSTATUS_VM_STEP, SQLITE_STMTSTATUS_REPREPARE and SQLITE_STMTSTATUS_RUN.
    private const int Steps = 4;
    private const int PlansMadeAnew = 5;
    private const int Runs = 6;

    private readonly ConcurrentBag<SqliteConnection> connections = [];
    private readonly ConcurrentBag<string> plans = [];

    public Database Open() => engine is PostgreSqlEngine postgreSql
        ? new PostgreSqlDatabase(() => Connect(postgreSql))
        : new SqliteDatabase(() => Connect((SqliteEngine)engine));

    /// <summary>How many different statements were seen.</summary>
    public int Count => plans.Distinct().Count() + Prepared().Select(Text).Distinct().Count();

    /// <summary>The statements that have walked a table that grows, each with why.</summary>
    public IEnumerable<string> Walks(int most) =>
        plans.Where(plan => SequentialScan().IsMatch(plan)).Distinct()
            .Concat(Prepared()
                .Select(statement => (
                    Sql: Text(statement), Rows: CountOf(statement, WalkedRows, reset: 0) + CountOf(statement, RowsOfAnIndexMadeOnTheWay, reset: 0)))
                .Where(seen => seen.Rows > most).Select(seen => $"{seen.Rows} rows walked by {seen.Sql}").Distinct());

    /// <summary>How many steps of its machine SQLite took for one run of the statements that hold a text, the most of them.</summary>
    public int StepsOf(string text) =>
        Prepared().Where(statement => Text(statement).Contains(text, StringComparison.Ordinal))
            .Select(statement => CountOf(statement, Steps, reset: 0) / Math.Max(1, CountOf(statement, Runs, reset: 0))).Max();

    /// <summary>
    /// The statements that SQLite plans whenever it runs them, for the sake of a value that may decide how they are best run. A pattern is such a value, and
    /// a search costs more than its plan.
    /// </summary>
    public IEnumerable<string> PlannedEachTime() =>
        Prepared().Where(statement => CountOf(statement, PlansMadeAnew, reset: 0) > CountOf(statement, Runs, reset: 0) / 2)
            .Select(Text).Where(sql => !sql.Contains(" LIKE ", StringComparison.Ordinal) && !sql.StartsWith("PRAGMA", StringComparison.Ordinal)).Distinct();

    public void Dispose()
    {
        foreach (var connection in connections)
            connection.Dispose();
    }

    private NpgsqlConnection Connect(PostgreSqlEngine postgreSql)
    {
        var settings = new NpgsqlConnectionStringBuilder(postgreSql.ConnectionString)
        {
            Options = "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_level=notice "
                + "-c auto_explain.log_nested_statements=on",
            Pooling = false,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notice += (_, notice) => plans.Add(Times().Replace(notice.Notice.MessageText, ""));
        return connection;
    }

    private SqliteConnection Connect(SqliteEngine sqlite)
    {
        var connection = new SqliteConnection($"Data Source={sqlite.File};Pooling=False");
        connections.Add(connection);
        return connection;
    }

    // The store keeps its statements prepared as long as its connections. Those of the text index within SQLite are among them.
    private IEnumerable<IntPtr> Prepared()
    {
        foreach (var connection in connections.Where(connection => connection.Handle is { IsInvalid: false, IsClosed: false }))
        {
            var database = connection.Handle!.DangerousGetHandle();
            for (var statement = Next(database, IntPtr.Zero); statement != IntPtr.Zero; statement = Next(database, statement))
                yield return statement;
        }
    }

    private static string Text(IntPtr statement) => Marshal.PtrToStringUTF8(Sql(statement)) ?? "";

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_next_stmt")]
    private static extern IntPtr Next(IntPtr database, IntPtr statement);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_sql")]
    private static extern IntPtr Sql(IntPtr statement);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_stmt_status")]
    private static extern int CountOf(IntPtr statement, int counter, int reset);

    // The outbox holds what waits to be sent, which is little in the seed: there, reading all of it is the shortest way. A product has a few leases and subscriptions.
    [GeneratedRegex(@"Seq Scan on rescue_(?!lease|outbox|subscription\b)")]
    private static partial Regex SequentialScan();

    [GeneratedRegex(@"^duration: [\d.]+ ms +plan:\n|  \(cost=[^)]*\)")]
    private static partial Regex Times();
}
