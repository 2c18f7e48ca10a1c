using Microsoft.Data.Sqlite;

namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>One connection to SQLite with its prepared statements.</summary>
internal sealed class SqliteRawClient : IRawClient
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand[] commands;

    public SqliteRawClient(SqliteConnection connection, IReadOnlyList<RawStatement> statements)
    {
        this.connection = connection;
        begin = Prepare(new("BEGIN IMMEDIATE", []));
        commit = Prepare(new("COMMIT", []));
        commands = [.. statements.Select(Prepare)];
    }

    public ValueTask ExecuteAsync(IReadOnlyList<RawStatement> statements)
    {
        begin.ExecuteNonQuery();
        for (var number = 0; number < commands.Length; number++)
        {
            var values = statements[number].Values;
            for (var i = 0; i < values.Length; i++)
                commands[number].Parameters[i].Value = values[i];
            if (commands[number].ExecuteNonQuery() != 1)
                throw new InvalidOperationException("A row was not written: " + commands[number].CommandText);
        }

        commit.ExecuteNonQuery();
        return default;
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[begin, commit, .. commands])
            command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepare(RawStatement statement)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Sql;
        for (var i = 0; i < statement.Values.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", statement.Values[i]);
        command.Prepare();
        return command;
    }
}
