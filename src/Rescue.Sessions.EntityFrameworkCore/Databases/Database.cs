using System.Data.Common;
using System.Transactions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// A database engine: how it is opened, how it is written to, and the few words in which its SQL differs. Thread-safe.
/// </summary>
internal abstract class Database(Func<DbConnection> connect)
{
    /// <summary>What locks sessions that are about to be changed.</summary>
    public abstract RowLock ForUpdate { get; }

    /// <summary>What locks the rows of table <c>o</c>, in the order in which the query gives them.</summary>
    public abstract string ForUpdateInOrder { get; }

    /// <summary>What names the index of live PINs behind a table, where it must be named to be taken.</summary>
    public abstract string ByLivePin { get; }

    /// <summary>What locks only the rows of table <c>o</c> that nobody else has locked.</summary>
    public abstract string ForUpdateSkipLocked { get; }

    /// <summary>The condition that a column is one of what a query of few rows gives, found by the column's index however large the table is.</summary>
    public abstract string IsOneOf(string column, string query);

    /// <summary>The expression for the next number of <see cref="Model.EventRow.Sequence"/> and of <see cref="Model.OutboxRow.Position"/>, with its values.</summary>
    /// <param name="index">Which of those that one transaction writes, from 0; see <see cref="WriteTransaction.NextIndex"/>.</param>
    public abstract Statement NextNumber(int index);

    /// <summary>Makes writers that name the same text wait for each other until the transaction ends; null where there is one writer anyway.</summary>
    public abstract Statement? Serialize(string name);

    /// <summary>Whether there is only one writer at a time, so that what a transaction has read cannot change before it writes.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>
    /// Writes in a transaction, or in the host's. What the database has surely undone (a conflict of transactions, a line that was lost before the
    /// commit was sent) is done again, a few times, but for what has run into a time-out; the host's transaction is the host's to repeat.
    /// </summary>
    /// <exception cref="SessionStoreException">The database failed.</exception>
    public async ValueTask<TResult> WriteAsync<TResult>(
        Func<WriteTransaction, CancellationToken, ValueTask<TResult>> write, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var mayRepeat = attempt < Repeat.Attempts && HostTransaction.Current is null;
            WriteTransaction? work = null;
            try
            {
                work = await BeginAsync(cancellationToken).ConfigureAwait(false);
                work.MayBeRepeated = mayRepeat;
                var result = await write(work, cancellationToken).ConfigureAwait(false);
                await work.EndAsync().ConfigureAwait(false);
                return result;
            }
            catch (SessionStoreException failure) when (mayRepeat && (work is null ? StoreFailure.IsConflict(failure) : work.IsUndoneBy(failure)))
            {
                // The connection goes back first.
            }
            finally
            {
                if (work is not null)
                    await work.DisposeAsync().ConfigureAwait(false);
            }

            await Repeat.PauseAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes statements in a transaction, or in the host's.</summary>
    /// <inheritdoc cref="WriteAsync{TResult}"/>
    public async ValueTask WriteAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
        await WriteAsync(
            async (work, _) =>
            {
                foreach (var statement in statements)
                    work.Add(statement);
                await work.CommitAsync().ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Runs one statement that writes in a transaction of its own, or in the host's; the rows that it returns.</summary>
    /// <inheritdoc cref="WriteAsync{TResult}"/>
    public ValueTask<List<TRow>> ExecuteAsync<TRow>(Statement statement, Func<DbDataReader, TRow> read, CancellationToken cancellationToken) =>
        WriteAsync(
            async (work, cancellation) =>
            {
                var rows = await work.ReadAsync(statement, read, cancellation).ConfigureAwait(false);
                await work.CommitAsync().ConfigureAwait(false);
                return rows;
            },
            cancellationToken);

    /// <summary>Runs one statement that writes in a transaction of its own, or in the host's; how many rows it changed.</summary>
    /// <inheritdoc cref="WriteAsync{TResult}"/>
    public ValueTask<int> ExecuteAsync(Statement statement, CancellationToken cancellationToken) =>
        WriteAsync(
            async (work, cancellation) =>
            {
                var changed = await work.WriteAsync(statement, cancellation).ConfigureAwait(false);
                await work.CommitAsync().ConfigureAwait(false);
                return changed;
            },
            cancellationToken);

    /// <exception cref="SessionStoreException">The database failed.</exception>
    private async ValueTask<WriteTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            if (HostTransaction.Current is { } joined)
            {
                if (HostTransaction.Written is null)
                    await PrepareJoinedAsync(joined, cancellationToken).ConfigureAwait(false);
                // Asked of the database: a provider may give the same object for the next transaction, and one transaction may be joined twice.
                HostTransaction.Written ??= new(SelectWritten is { } query
                    ? (await JoinedTransaction.ReadAsync(joined, new(query), row => row.GetInt32(0), cancellationToken).ConfigureAwait(false))[0]
                    : 0);
                return new JoinedTransaction(joined);
            }

            return await BeginCoreAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException failure)
        {
            throw StoreFailure.Of(failure);
        }
    }

    /// <summary>Runs one query, again where a passing failure was in the way.</summary>
    /// <exception cref="SessionStoreException">The database failed.</exception>
    public async ValueTask<List<TRow>> ReadAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return HostTransaction.Current is { } joined
                    ? await JoinedTransaction.ReadAsync(joined, query, read, cancellationToken).ConfigureAwait(false)
                    : await ReadCoreAsync(query, read, cancellationToken).ConfigureAwait(false);
            }
            catch (DbException failure) when (attempt < Repeat.Attempts && HostTransaction.Current is null && StoreFailure.IsPassing(failure))
            {
                // Asked again below.
            }
            catch (DbException failure)
            {
                throw StoreFailure.Of(failure);
            }

            await Repeat.PauseAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The number below which every event is committed or will never be.</summary>
    /// <exception cref="SessionStoreException">The database failed.</exception>
    public async ValueTask<long> ReadEventBoundAsync(CancellationToken cancellationToken)
    {
        var bound = await EventBoundAsync(cancellationToken).ConfigureAwait(false);
        return (await ReadAsync(new($"SELECT {bound}"), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>The expression for that number in a query, which is taken at the moment at which the query reads.</summary>
    /// <exception cref="SessionStoreException">The database failed.</exception>
    public async ValueTask<string> EventBoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            return EventBound;
        }
        catch (DbException failure)
        {
            throw StoreFailure.Of(failure);
        }
    }

    /// <summary>Makes sure that what belongs to a row which is deleted next goes with it.</summary>
    /// <exception cref="InvalidOperationException">It would stay, because of how the host has opened its connection.</exception>
    /// <exception cref="SessionStoreException">The database failed.</exception>
    public virtual ValueTask RequireCascadesAsync(CancellationToken cancellationToken) => default;

    /// <summary>Notes that a committed transaction has erased rows.</summary>
    public virtual void NoteErased()
    {
    }

    /// <summary>Takes erased rows out of everything that is left of them beside the tables. What is in use meanwhile is taken out at the next call.</summary>
    public virtual ValueTask ForgetErasedAsync(CancellationToken cancellationToken) => default;

    /// <summary>Makes a connection that is not open.</summary>
    protected virtual DbConnection Connect() => connect();

    /// <summary>Opens a connection, ready to be used.</summary>
    public virtual async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = Connect();
        // A TransactionScope around the caller is not ours to take part in: we begin and commit ourselves (HostTransaction.Join is for the other wish).
        using var apart = Transaction.Current is null ? null : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    protected abstract string EventBound { get; }

    /// <summary>The query for how many numbers the transaction has given; null where they do not depend on it.</summary>
    protected abstract string? SelectWritten { get; }

    /// <summary>Learns, once, what the numbers of events depend on.</summary>
    protected abstract ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Makes a host's transaction ready for what is written in it, before the first write of a scope.</summary>
    /// <exception cref="InvalidOperationException">It is of a kind in which one cannot write.</exception>
    protected abstract ValueTask PrepareJoinedAsync(DbTransaction joined, CancellationToken cancellationToken);

    protected abstract ValueTask<WriteTransaction> BeginCoreAsync(CancellationToken cancellationToken);

    protected abstract ValueTask<List<TRow>> ReadCoreAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken);
}
