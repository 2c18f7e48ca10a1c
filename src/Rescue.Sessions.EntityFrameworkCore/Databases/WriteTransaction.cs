using System.Data.Common;
using System.Runtime.CompilerServices;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// A transaction that writes. What it writes is gathered and goes to the database together with the commit, so that a network costs one round
/// trip for all of it. Disposed without a commit, it leaves nothing. Used by one caller at a time.
/// </summary>
internal abstract class WriteTransaction : IAsyncDisposable
{
    private readonly List<Statement> pending = [];

    // A host's transaction may hold many changes, which go on counting.
    private readonly StrongBox<int> written = HostTransaction.Written ?? new(0);

    private bool isCommitting;
    private bool isGivenUp;

    /// <summary>Whether somebody does it again where it is undone.</summary>
    public bool MayBeRepeated { get; set; }

    /// <summary>Whether a failure has surely left nothing behind: the server says so, or the commit was never sent.</summary>
    public bool IsUndoneBy(SessionStoreException failure) =>
        IsUndone || isGivenUp || (failure.InnerException is DbException inner && (StoreFailure.IsConflict(inner) || (!isCommitting && StoreFailure.IsLostLine(inner))));

    /// <summary>Numbers what the transaction writes, from 0.</summary>
    public int NextIndex() => written.Value++;

    /// <summary>Writes at the commit.</summary>
    public void Add(Statement statement) => pending.Add(statement);

    /// <summary>Reads now, with what locks the query asks for.</summary>
    /// <exception cref="SessionStoreException">The database failed.</exception>
    public async ValueTask<List<TRow>> ReadAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadCoreAsync(query, read, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException failure)
        {
            throw StoreFailure.Of(failure);
        }
    }

    /// <summary>Reads sessions by a query with a <see cref="RowLock"/>, and locks them.</summary>
    /// <exception cref="SessionStoreException">The database failed, or the transaction is to be repeated because a later one was before it.</exception>
    public async ValueTask<List<TRow>> LockAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
    {
        var isOvertaken = false;
        var rows = await ReadAsync(
            query,
            row =>
            {
                isOvertaken |= row.GetBoolean(row.FieldCount - 1);
                return read(row);
            },
            cancellationToken).ConfigureAwait(false);
        // Rather out of order than not at all.
        if (isOvertaken && MayBeRepeated)
        {
            isGivenUp = true;
            throw new SessionStoreException("Another transaction has changed the session meanwhile whose events come after this one's.");
        }

        return rows;
    }

    /// <summary>Writes now; the number of rows.</summary>
    /// <exception cref="SessionStoreException">The database failed.</exception>
    public async ValueTask<int> WriteAsync(Statement statement, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteCoreAsync(statement, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException failure)
        {
            throw StoreFailure.Of(failure);
        }
    }

    /// <summary>Writes what was added, and commits. Once begun it is not cancelled, for its outcome must be known.</summary>
    /// <exception cref="SessionStoreException">The database failed; all is stored or nothing is.</exception>
    public async ValueTask CommitAsync()
    {
        isCommitting = true;
        try
        {
            await CommitCoreAsync(pending).ConfigureAwait(false);
        }
        catch (DbException failure)
        {
            throw StoreFailure.Of(failure);
        }
    }

    /// <summary>Ends a transaction that was not committed, for nothing was to be written; what it has read is true from here on.</summary>
    /// <exception cref="SessionStoreException">What it has read was undone.</exception>
    public async ValueTask EndAsync()
    {
        try
        {
            await EndCoreAsync().ConfigureAwait(false);
        }
        catch (DbException failure)
        {
            throw StoreFailure.Of(failure);
        }
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Whether it was undone with what another had done.</summary>
    protected virtual bool IsUndone => false;

    protected abstract ValueTask<List<TRow>> ReadCoreAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken);

    protected abstract ValueTask<int> WriteCoreAsync(Statement statement, CancellationToken cancellationToken);

    protected abstract ValueTask CommitCoreAsync(IReadOnlyList<Statement> statements);

    protected virtual ValueTask EndCoreAsync() => default;
}
