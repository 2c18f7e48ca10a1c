using System.Data.Common;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>A connection that keeps its statements prepared. Used by one caller at a time; disposing closes it.</summary>
/// <param name="connection">Open.</param>
/// <param name="patience">After how many seconds a statement that waits for another gives up.</param>
internal sealed class PreparedConnection(DbConnection connection, int patience) : IDisposable
{
    private readonly Dictionary<string, DbCommand> commands = new(StringComparer.Ordinal);

    public int Execute(Statement statement) => Prepare(statement).ExecuteNonQuery();

    public List<TRow> Query<TRow>(Statement statement, Func<DbDataReader, TRow> read)
    {
        var rows = new List<TRow>();
        using var reader = Prepare(statement).ExecuteReader();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    public void Dispose()
    {
        foreach (var command in commands.Values)
            command.Dispose();
        connection.Dispose();
    }

    private DbCommand Prepare(Statement statement)
    {
        if (!commands.TryGetValue(statement.Sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = statement.Sql;
            command.CommandTimeout = patience;
            foreach (var (name, _) in statement.Values)
            {
                var parameter = command.CreateParameter();
                // As the text has it: a provider that is told less looks for each of the signs in turn, every time.
                parameter.ParameterName = "@" + name;
                command.Parameters.Add(parameter);
            }

            commands.Add(statement.Sql, command);
        }

        for (var i = 0; i < statement.Values.Length; i++)
            command.Parameters[i].Value = statement.Values[i].Value ?? DBNull.Value;
        return command;
    }
}
