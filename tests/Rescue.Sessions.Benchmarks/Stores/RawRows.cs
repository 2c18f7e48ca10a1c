using System.Data.Common;
using System.Security.Cryptography;

namespace Rescue.Sessions.Benchmarks.Stores;

/// <summary>
/// What a session is in the database, written by hand on the provider: the same columns and the same bytes, in prepared statements, one
/// transaction each time and, where the provider can, one round trip.
/// </summary>
sealed class RawRows : IAsyncDisposable
{
    private static readonly string[] Tables = ["rescue_session", "rescue_code", "rescue_event", "rescue_outbox"];

    private readonly DbConnection connection;
    private readonly Dictionary<string, Dictionary<string, object>> rows;
    private readonly bool isSqlite;
    private readonly List<DbCommand> commands = [];
    private readonly byte[] id = new byte[16];
    private long number;

    private RawRows(DbConnection connection, Dictionary<string, Dictionary<string, object>> rows, bool isSqlite, long number)
    {
        this.connection = connection;
        this.rows = rows;
        this.isSqlite = isSqlite;
        this.number = number;
    }

    /// <param name="connection">An open connection to a database in which a session was made.</param>
    /// <param name="isSqlite">Whether it is SQLite, which numbers rows itself.</param>
    /// <param name="firstNumber">Where the numbers of events and messages begin, apart from those of other writers.</param>
    public static async Task<RawRows> ForAsync(DbConnection connection, bool isSqlite, long firstNumber)
    {
        var rows = new Dictionary<string, Dictionary<string, object>>();
        foreach (var table in Tables)
            rows[table] = await DurableDesk.ReadRowAsync(connection, table);
        return new(connection, rows, isSqlite, firstNumber);
    }

    /// <summary>The rows of a new session with its mail.</summary>
    public Task CreateAsync()
    {
        RandomNumberGenerator.Fill(id);
        return WriteAsync(
            ("rescue_session", Insert("rescue_session"), ["id"]),
            ("rescue_code", Insert("rescue_code"), ["hash", "session_id"]),
            ("rescue_code", Insert("rescue_code"), ["hash", "session_id"]),
            ("rescue_event", Insert("rescue_event"), ["sequence", "session_id"]),
            ("rescue_outbox", Insert("rescue_outbox"), ["position", "id", "session_id"]));
    }

    /// <summary>The rows of a join: the session as it then is, and its history entry.</summary>
    public Task JoinAsync(SessionId session)
    {
        session.Value.TryWriteBytes(id, bigEndian: true, out _);
        var columns = rows["rescue_session"].Keys.Where(column => column != "id").Select(column => $"{column} = @{column}");
        return WriteAsync(
            ("rescue_session", $"UPDATE rescue_session SET {string.Join(", ", columns)} WHERE id = @id", ["id"]),
            ("rescue_event", Insert("rescue_event"), ["sequence", "session_id"]));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in commands)
            await command.DisposeAsync();
        await connection.DisposeAsync();
    }

    private string Insert(string table)
    {
        var columns = rows[table].Keys.Where(column => !(isSqlite && column is "sequence" or "position")).ToList();
        return $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => "@" + column))})";
    }

    private async Task WriteAsync(params (string Table, string Sql, string[] Fresh)[] statements)
    {
        if (isSqlite)
        {
            using var transaction = connection.BeginTransaction();
            for (var i = 0; i < statements.Length; i++)
            {
                if (commands.Count == i)
                    commands.Add(Prepare(statements[i].Table, statements[i].Sql));
                commands[i].Transaction = transaction;
                Bind(commands[i].Parameters, statements[i].Fresh);
                commands[i].ExecuteNonQuery();
            }

            transaction.Commit();
            return;
        }

        await using var batch = connection.CreateBatch();
        foreach (var (table, sql, fresh) in statements)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            AddParameters(command.Parameters, command.CreateParameter, table, sql);
            Bind(command.Parameters, fresh);
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    private DbCommand Prepare(string table, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        AddParameters(command.Parameters, command.CreateParameter, table, sql);
        return command;
    }

    private void AddParameters(DbParameterCollection parameters, Func<DbParameter> create, string table, string sql)
    {
        foreach (var (column, value) in rows[table])
        {
            if (isSqlite && column is "sequence" or "position" && !sql.Contains("@" + column, StringComparison.Ordinal))
                continue;
            var parameter = create();
            parameter.ParameterName = column;
            parameter.Value = value;
            parameters.Add(parameter);
        }
    }

    private void Bind(DbParameterCollection parameters, string[] fresh)
    {
        foreach (var column in fresh.Where(column => parameters.Contains(column)))
        {
            parameters[column].Value = column switch
            {
                "sequence" or "position" => number++,
                "hash" => RandomNumberGenerator.GetBytes(16),
                _ => id.ToArray(),
            };
        }
    }
}
