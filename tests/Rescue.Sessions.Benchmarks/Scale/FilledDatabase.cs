using Npgsql;
using Rescue.Sessions.Benchmarks.Durable;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Scale;

/// <summary>A database that is filled with copies of a session, columns and bytes, faster than by the library.</summary>
internal static class FilledDatabase
{
    /// <summary>Makes an empty database; its connection string.</summary>
    public static async Task<string> CreateAsync(PostgreSqlServer server, string name)
    {
        await ExecuteAsync(server.ConnectionString(), $"CREATE DATABASE {name}");
        return server.ConnectionString(name);
    }

    /// <summary>Puts copies of a session into a database until there are so many, each with an id and hashes of its own.</summary>
    public static async Task FillAsync(string database, SessionId example, int sessions)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        var rows = await StoredRow.ReadAsync(connection, example);
        await connection.CloseAsync();
        for (var number = 0; number < rows.Count; number++)
            await ExecuteAsync(database, Copy(rows[number], number, sessions), StoredRow.Key(example));
        await ExecuteAsync(database, "VACUUM ANALYZE");
    }

    // The digits of a copy's number, hashed, stand for what was drawn; the ids go up as the library's do, the events come before its own.
    private static string Copy(StoredRow row, int number, int sessions)
    {
        const string id = "decode('00' || lpad(to_hex(copy), 30, '0'), 'hex')";
        var names = row.Columns.Keys;
        var values = names.Select(name => name switch
        {
            "session_id" => id,
            "id" => id,
            "hash" => $"decode(md5(copy || ' of {number}'), 'hex')",
            "sequence" => "r.sequence - copy",
            _ => $"r.{name}",
        });
        var kind = row.Columns.TryGetValue("kind", out var text) ? $" AND r.kind = '{text}'" : "";
        return $"""
            INSERT INTO {row.Table} ({string.Join(", ", names)}) SELECT {string.Join(", ", values)}
            FROM {row.Table} r, generate_series(1, {sessions - 1}) copy WHERE r.{(row.Table == "rescue_session" ? "id" : "session_id")} = $1{kind}
            """;
    }

    private static async Task ExecuteAsync(string database, string sql, params byte[][] values)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
