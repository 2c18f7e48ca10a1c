using System.Data.Common;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// A transaction over the network. It begins with its first statement and ends with its last, in the same round trip; without a read it is one
/// round trip, which the database makes a transaction by itself.
/// </summary>
internal sealed class PostgreSqlTransaction(DbConnection connection) : WriteTransaction
{
    // Whatever the server's default is: who has waited for a lock must see what was done under it.
    private static readonly Statement Begin = new("BEGIN ISOLATION LEVEL READ COMMITTED");
    private static readonly Statement Commit = new("COMMIT");

    private bool begun;

    protected override async ValueTask<List<TRow>> ReadCoreAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
    {
        await using var batch = Batch(BeginOnce(), query);
        begun = true;
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAllAsync(read, cancellationToken).ConfigureAwait(false);
    }

    protected override async ValueTask<int> WriteCoreAsync(Statement statement, CancellationToken cancellationToken)
    {
        await using var batch = Batch(BeginOnce(), statement);
        begun = true;
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return batch.BatchCommands[^1].RecordsAffected;
    }

    // The pool rolls back whatever a connection that is given back has left open.
    public override ValueTask DisposeAsync() => connection.DisposeAsync();

    protected override async ValueTask CommitCoreAsync(IReadOnlyList<Statement> statements)
    {
        await using var batch = Batch([.. statements, .. begun ? (Statement[])[Commit] : []]);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private Statement? BeginOnce() => begun ? null : Begin;

    private DbBatch Batch(params ReadOnlySpan<Statement?> statements)
    {
        var batch = connection.CreateBatch();
        foreach (var statement in statements)
        {
            if (statement is not { } present)
                continue;
            var command = batch.CreateBatchCommand();
            command.CommandText = present.Sql;
            present.Bind(command.Parameters, command.CreateParameter);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
