using System.Data.Common;
using System.Security.Cryptography;

namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>A row that the library wrote, from which a hand-written program takes columns and bytes. Columns without a value are left out.</summary>
internal sealed record StoredRow(string Table, IReadOnlyDictionary<string, object> Columns)
{
    // What the library writes for a session, in its order.
    private static readonly (string Table, string Key)[] Tables =
        [("rescue_session", "id"), ("rescue_code", "session_id"), ("rescue_event", "session_id"), ("rescue_outbox", "session_id")];

    /// <summary>Every row of a session.</summary>
    public static async Task<List<StoredRow>> ReadAsync(DbConnection connection, SessionId session)
    {
        var rows = new List<StoredRow>();
        foreach (var (table, key) in Tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table} WHERE {key} = @id";
            var id = command.CreateParameter();
            (id.ParameterName, id.Value) = ("id", Key(session));
            command.Parameters.Add(id);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add(new(table, Enumerable.Range(0, reader.FieldCount).Where(field => !reader.IsDBNull(field))
                    .ToDictionary(reader.GetName, reader.GetValue)));
            }
        }

        return rows;
    }

    /// <summary>The columns' key for a session.</summary>
    public static byte[] Key(SessionId session) => session.Value.ToByteArray(bigEndian: true);

    /// <summary>Inserts a copy of the row for another session.</summary>
    public RawStatement InsertFor(SessionId session, string nextNumber)
    {
        var values = Columns.Where(column => !IsNumber(column.Key)).Select(column => column switch
        {
            { Key: "session_id" } => Key(session),
            { Key: "id" } => Table == "rescue_session" ? Key(session) : RandomNumberGenerator.GetBytes(16),
            { Key: "hash" } => RandomNumberGenerator.GetBytes(16),
            _ => column.Value,
        });
        var next = 1;
        var placeholders = Columns.Keys.Select(name => IsNumber(name) ? nextNumber : $"${next++}");
        return new($"INSERT INTO {Table} ({string.Join(", ", Columns.Keys)}) VALUES ({string.Join(", ", placeholders)})", [.. values]);
    }

    /// <summary>Makes of another session's row what this one has become since <paramref name="before"/>, unless somebody has joined there.</summary>
    public RawStatement UpdateFor(SessionId session, StoredRow before)
    {
        var changed = Columns.Where(column => !Equal(column.Value, before.Columns.GetValueOrDefault(column.Key))).ToList();
        var assignments = changed.Select((column, i) => $"{column.Key} = ${i + 1}")
            .Concat(before.Columns.Keys.Except(Columns.Keys).Select(gone => $"{gone} = NULL"));
        return new(
            $"UPDATE {Table} SET {string.Join(", ", assignments)} WHERE id = ${changed.Count + 1} AND applet_key IS NULL",
            [.. changed.Select(column => column.Value), Key(session)]);
    }

    /// <summary>Says with another session's PIN, as this row does, to which applet alone it still leads.</summary>
    public RawStatement RedeemFor(SessionId session) =>
        new($"UPDATE {Table} SET instance = $1 WHERE session_id = $2 AND kind <> 'token'", [Columns["instance"], Key(session)]);

    private static bool IsNumber(string column) => column is "sequence" or "position";

    private static bool Equal(object value, object? other) =>
        value is byte[] bytes ? other is byte[] others && bytes.AsSpan().SequenceEqual(others) : value.Equals(other);
}
