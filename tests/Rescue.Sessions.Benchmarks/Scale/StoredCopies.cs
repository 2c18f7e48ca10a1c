using System.Data.Common;
using System.Globalization;
using Rescue.Sessions.Benchmarks.Durable;

namespace Rescue.Sessions.Benchmarks.Scale;

/// <summary>Copies of a stored session, made in SQL, each with an id, codes, a customer and a technician of its own.</summary>
internal static class StoredCopies
{
    /// <summary>Odd, so that every number below 2³² gives another one; names are as different as customers'.</summary>
    private const uint Spread = 2654435761;

    private static readonly string[] Tables = ["rescue_session", "rescue_code", "rescue_event", "rescue_heartbeat"];

    /// <summary>What the customer of a copy is called, in the form in which it is stored.</summary>
    public static string CustomerOf(int copy) => string.Create(CultureInfo.InvariantCulture, $"{unchecked((uint)copy * Spread):X8} CUSTOMER");

    /// <summary>Makes the copies that have the numbers between two, the second excluded.</summary>
    /// <param name="engine">Where to.</param>
    /// <param name="example">What they are copies of.</param>
    /// <param name="from">The first number.</param>
    /// <param name="to">The number after the last one.</param>
    /// <param name="technicians">How many technicians they belong to in turn.</param>
    public static async Task MakeAsync(IEngine engine, SessionId example, int from, int to, int technicians)
    {
        await using var connection = await engine.OpenAsync();
        foreach (var table in Tables)
            await ExecuteAsync(connection, Copy(table, await ColumnsAsync(connection, table), engine is SqliteEngine, from, to, technicians), StoredRow.Key(example));
    }

    /// <summary>Lets a session's history happen again and again, after all that has happened. SQLite numbers it by itself.</summary>
    public static async Task RepeatEventsAsync(SqliteEngine engine, SessionId session, int times)
    {
        await using var connection = await engine.OpenAsync();
        var columns = (await ColumnsAsync(connection, "rescue_event")).Where(name => name != "sequence").ToList();
        await ExecuteAsync(
            connection,
            $"""
            {Numbers(0, times)} INSERT INTO rescue_event ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns.Select(name => $"r.{name}"))}
            FROM rescue_event r, numbers WHERE r.session_id = @example
            """,
            StoredRow.Key(session));
    }

    /// <summary>Lets the database know what it has.</summary>
    public static async Task SettleAsync(IEngine engine)
    {
        await using var connection = await engine.OpenAsync();
        await ExecuteAsync(connection, engine is SqliteEngine ? "PRAGMA wal_checkpoint(TRUNCATE)" : "VACUUM ANALYZE");
    }

    private static string Copy(string table, IReadOnlyList<string> columns, bool sqlite, int from, int to, int technicians)
    {
        var number = $"(copy * {Spread}) & {uint.MaxValue}";
        var customer = (sqlite ? $"printf('%08X', {number})" : $"lpad(upper(to_hex({number})), 8, '0')") + " || ' CUSTOMER'";
        var isSession = table == "rescue_session";
        var values = columns.Select(name => (isSession, name) switch
        {
            (true, "id") or (false, "session_id") => Bytes("copy"),
            (_, "hash") => Bytes("(CASE r.kind WHEN 'pin' THEN 2 ELSE 3 END) * 10000000 + copy"),
            (_, "sequence") => "-(copy * 100 + ROW_NUMBER() OVER (PARTITION BY copy ORDER BY r.sequence))",
            (true, "customer") => customer,
            (true, "search_text") => $"{customer} || {(sqlite ? "char(10)" : "chr(10)")} || 'T-' || copy",
            (true, "belongs_to") => $"'technician ' || (copy % {technicians})",
            _ => $"r.{name}",
        });
        return $"""
            {Numbers(from, to)}
            INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM {table} r, numbers
            WHERE r.{(isSession ? "id" : "session_id")} = @example
            """;

        string Bytes(string number) => sqlite ? $"unhex(printf('%032x', {number}))" : $"decode(lpad(to_hex({number}), 32, '0'), 'hex')";
    }

    private static string Numbers(int from, int to) =>
        $"WITH RECURSIVE numbers(copy) AS (SELECT CAST({from} AS bigint) UNION ALL SELECT copy + 1 FROM numbers WHERE copy < {to - 1})";

    private static async Task<IReadOnlyList<string>> ColumnsAsync(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} LIMIT 0";
        await using var reader = await command.ExecuteReaderAsync();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, byte[]? example = null)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        if (example is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("example", example);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }
}
