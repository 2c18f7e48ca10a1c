using System.Data.Common;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>The one writer's transaction. SQLite works in this process, so nothing is gained by waiting asynchronously.</summary>
internal sealed class SqliteTransaction(SqliteDatabase database, PreparedConnection connection) : WriteTransaction
{
    private bool open = true;

    protected override ValueTask<List<TRow>> ReadCoreAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken) =>
        new(connection.Query(query, read));

    protected override ValueTask<int> WriteCoreAsync(Statement statement, CancellationToken cancellationToken) => new(connection.Execute(statement));

    public override ValueTask DisposeAsync()
    {
        if (!open)
            return default;
        open = false;
        var healthy = false;
        try
        {
            connection.Execute(new("ROLLBACK"));
            healthy = true;
        }
        catch (DbException)
        {
            // A full or lost disk has rolled back by itself; closing the connection does the rest.
        }

        database.EndWrite(connection, healthy);
        return default;
    }

    protected override ValueTask CommitCoreAsync(IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements)
            connection.Execute(statement);
        connection.Execute(new("COMMIT"));
        open = false;
        database.EndWrite(connection, healthy: true);
        return default;
    }
}
