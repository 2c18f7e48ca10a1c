using System.Data.Common;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>A part of the host's transaction, which alone commits or rolls back.</summary>
internal sealed class JoinedTransaction(DbTransaction transaction) : WriteTransaction
{
    protected override ValueTask<List<TRow>> ReadCoreAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken) =>
        ReadAsync(transaction, query, read, cancellationToken);

    protected override async ValueTask<int> WriteCoreAsync(Statement statement, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, statement);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => default;

    /// <summary>Reads what the host's transaction sees, its own writes included.</summary>
    public static async ValueTask<List<TRow>> ReadAsync<TRow>(
        DbTransaction transaction, Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, query);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAllAsync(read, cancellationToken).ConfigureAwait(false);
    }

    protected override async ValueTask CommitCoreAsync(IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements)
            await WriteCoreAsync(statement, CancellationToken.None).ConfigureAwait(false);
    }

    private static DbCommand Command(DbTransaction transaction, Statement statement)
    {
        var connection = transaction.Connection
            ?? throw new InvalidOperationException("The joined transaction has ended. Dispose the scope of HostTransaction.Join before or right after the commit.");
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = statement.Sql;
        statement.Bind(command.Parameters, command.CreateParameter);
        return command;
    }
}
