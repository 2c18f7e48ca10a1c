using System.Data.Common;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>The one writer's transaction. SQLite works in this process, so nothing is gained by waiting asynchronously.</summary>
internal sealed class SqliteTransaction(SqliteDatabase database, PreparedConnection connection) : WriteTransaction
{
    private bool open = true;
    private bool healthy = true;

    public override ValueTask DisposeAsync()
    {
        if (!open)
            return default;
        open = false;
        try
        {
            Execute(new("ROLLBACK"));
        }
        catch (DbException)
        {
            // A full or lost disk has rolled back by itself; closing the connection does the rest.
        }

        database.EndWrite(connection, healthy);
        return default;
    }

    protected override ValueTask<List<TRow>> ReadCoreAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
    {
        try
        {
            return new(connection.Query(query, read));
        }
        catch (DbException)
        {
            healthy = false;
            throw;
        }
    }

    protected override ValueTask<int> WriteCoreAsync(Statement statement, CancellationToken cancellationToken) => new(Execute(statement));

    protected override ValueTask CommitCoreAsync(IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements)
            Execute(statement);
        Execute(new("COMMIT"));
        open = false;
        database.EndWrite(connection, healthy: true);
        return default;
    }

    private int Execute(Statement statement)
    {
        try
        {
            return connection.Execute(statement);
        }
        catch (DbException)
        {
            healthy = false;
            throw;
        }
    }
}
