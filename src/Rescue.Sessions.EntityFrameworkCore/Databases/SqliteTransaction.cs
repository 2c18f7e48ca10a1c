using System.Data.Common;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>One turn of the one writer. SQLite works in this process, so there is nothing to wait for but those who share the commit.</summary>
internal sealed class SqliteTransaction(SqliteDatabase database, SharedCommit shared) : WriteTransaction
{
    private bool open = true;
    private DbException? failure;

    public override ValueTask DisposeAsync()
    {
        if (!open)
            return default;
        // Whatever comes of it, the turn is over and somebody else's.
        open = false;
        database.UndoTurn(shared, failure);
        return default;
    }

    protected override bool IsUndone => shared.IsUndone;

    protected override ValueTask<List<TRow>> ReadCoreAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
    {
        try
        {
            return new(shared.Connection.Query(query, read));
        }
        catch (DbException thrown)
        {
            failure = thrown;
            throw;
        }
    }

    protected override ValueTask<int> WriteCoreAsync(Statement statement, CancellationToken cancellationToken) => new(Execute(statement));

    protected override ValueTask CommitCoreAsync(IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements)
            Execute(statement);
        shared.KeepTurn();
        open = false;
        return database.EndTurnAsync(shared);
    }

    // What the first has read was committed before.
    protected override ValueTask EndCoreAsync()
    {
        if (!open || shared.IsNew)
            return DisposeAsync();
        shared.DropTurn();
        open = false;
        return database.EndTurnAsync(shared);
    }

    private int Execute(Statement statement)
    {
        try
        {
            return shared.Connection.Execute(statement);
        }
        catch (DbException thrown)
        {
            failure = thrown;
            throw;
        }
    }
}
