using System.Collections.Concurrent;
using System.Data.Common;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// SQLite with a write-ahead log: readers do not wait, and there is one writer. Within this process writers take turns here, and those who come while one is
/// at work share its commit; between processes the database makes them wait.
/// </summary>
/// <param name="connect">Makes a connection that is not open.</param>
/// <param name="patience">How long a writer waits for another, all attempts together, in whole seconds; ten by default.</param>
internal sealed class SqliteDatabase(Func<DbConnection> connect, TimeSpan? patience = null) : Database(connect), IDisposable
{
    private readonly int seconds = (int)(patience ?? TimeSpan.FromSeconds(10)).TotalSeconds;
    private readonly int secondsOfAttempt = Math.Max(1, (int)(patience ?? TimeSpan.FromSeconds(10)).TotalSeconds / Repeat.Attempts);
    private readonly WriterTurn turn = new();
    private readonly ConcurrentBag<PreparedConnection> idle = [];
    private string? file;

    // A process before this one may have ended while the log was in use.
    private volatile bool logHasErased = true;

    // What those before the present writer have done and nobody has committed yet.
    private SharedCommit? shared;

    // Every commit reaches the disk before it is answered.
    private string Settings =>
        $"PRAGMA busy_timeout={secondsOfAttempt * 1000}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;";

    // There is one writer, and its numbers are the next ones.
    public override RowLock ForUpdate { get; } = new("", "0");

    public override string ForUpdateInOrder => "";

    // It would take the key's index, in which former PINs are too.
    public override string ByLivePin => "INDEXED BY \"IX_rescue_code_live_pin\"";

    public override string ForUpdateSkipLocked => "";

    public override string IsOneOf(string column, string query) => $"{column} IN ({query})";

    public override bool HasOneWriter => true;

    public override Statement NextNumber(int index) => new("NULL");

    public override Statement? Serialize(string name) => null;

    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await base.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.CommandTimeout = secondsOfAttempt;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            // An open connection knows the whole path; it is empty for a database in memory.
            file ??= connection.DataSource;
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // The file is made at most once: who opens it in the moment in which it goes would put an empty one in its place.
    protected override DbConnection Connect()
    {
        var connection = base.Connect();
        if (!string.IsNullOrEmpty(file) && !SaysModeItself(connection.DataSource))
            connection.ConnectionString = WithoutMaking(connection.ConnectionString);
        return connection;
    }

    protected override string EventBound => "(SELECT coalesce(max(sequence), 0) + 1 FROM rescue_event)";

    protected override string? SelectWritten => null;

    protected override ValueTask PrepareAsync(CancellationToken cancellationToken) => default;

    // The host's connection leaves in free pages what is deleted, and what a change makes shorter.
    protected override async ValueTask PrepareJoinedAsync(DbTransaction joined, CancellationToken cancellationToken) =>
        await JoinedTransaction.ReadAsync(joined, new("PRAGMA secure_delete=ON"), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);

    // It cannot be switched on within a transaction (SQLite's manual, "PRAGMA foreign_keys").
    public override async ValueTask RequireCascadesAsync(CancellationToken cancellationToken)
    {
        if (HostTransaction.Current is not null && await ReadAsync(new("PRAGMA foreign_keys"), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false) is not [1])
        {
            throw new InvalidOperationException(
                "The joined transaction's connection has foreign keys switched off: codes, history and messages would stay when their session is erased. "
                + "Open the host's connection with 'Foreign Keys=True', or erase outside the scope of HostTransaction.Join.");
        }
    }

    protected override async ValueTask<WriteTransaction> BeginCoreAsync(CancellationToken cancellationToken)
    {
        if (!await turn.TakeAsync(TimeSpan.FromSeconds(seconds), cancellationToken).ConfigureAwait(false))
            throw new SessionStoreException($"Other writers of this process have held the database for {seconds} seconds.");
        var transaction = shared;
        try
        {
            if (transaction is null)
                transaction = new(await RentAsync(cancellationToken).ConfigureAwait(false));
            else
                RequireFile();
            transaction.BeginTurn();
            return new SqliteTransaction(this, transaction);
        }
        catch (Exception failure)
        {
            if (transaction is null)
                turn.Leave();
            else if (transaction.IsNew && failure is DbException refusal && StoreFailure.IsConflict(refusal))
                GiveUp(transaction);
            else
                UndoAll(transaction, failure);
            throw;
        }
    }

    protected override async ValueTask<List<TRow>> ReadCoreAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
    {
        var connection = await RentAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var rows = connection.Query(query, read);
            idle.Add(connection);
            return rows;
        }
        catch
        {
            // A connection that failed may fail for ever, for instance when its file was replaced.
            connection.Dispose();
            CloseIdle();
            throw;
        }
    }

    public override void NoteErased() => logHasErased = true;

    // The write-ahead log keeps the pages as they were until it is begun anew, which on a quiet host may be never.
    public override async ValueTask ForgetErasedAsync(CancellationToken cancellationToken)
    {
        if (!logHasErased || HostTransaction.Current is not null || !await turn.TakeAsync(TimeSpan.FromSeconds(seconds), cancellationToken).ConfigureAwait(false))
            return;
        var (healthy, isForgotten) = (false, false);
        PreparedConnection? connection = null;
        // Before, for a host's transaction takes no turn: what is erased in one meanwhile is still in the log.
        logHasErased = false;
        try
        {
            if (shared is { } others)
                Store(others);
            connection = await RentAsync(cancellationToken).ConfigureAwait(false);
            // A reader who takes long is not waited for while writers wait.
            connection.Execute(new("PRAGMA busy_timeout=100"));
            isForgotten = connection.Query(new("PRAGMA wal_checkpoint(TRUNCATE)"), row => row.GetInt64(0) == 0)[0];
            connection.Execute(new($"PRAGMA busy_timeout={secondsOfAttempt * 1000}"));
            healthy = true;
        }
        catch (DbException failure)
        {
            throw StoreFailure.Of(failure);
        }
        finally
        {
            if (!isForgotten)
                logHasErased = true;
            try
            {
                if (connection is not null)
                    GiveBack(connection, healthy);
            }
            finally
            {
                turn.Leave();
            }
        }
    }

    public void Dispose() => CloseIdle();

    /// <summary>Ends a turn: who waits for theirs goes on in the same transaction, else it is committed. What was done is stored, and what was seen is true, when this is over.</summary>
    /// <exception cref="SessionStoreException">It is not, and all is as before the transaction.</exception>
    internal async ValueTask EndTurnAsync(SharedCommit transaction)
    {
        var outcome = transaction.Add();
        PassOn(transaction);
        if (await outcome.ConfigureAwait(false) is { } failure)
            throw StoreFailure.Of(failure);
    }

    /// <summary>Undoes a turn, and ends it.</summary>
    /// <param name="transaction">In which it was.</param>
    /// <param name="failure">The statement that has failed in it, or null.</param>
    internal void UndoTurn(SharedCommit transaction, DbException? failure)
    {
        // A full or failing disk may have rolled all of it back, or leaves it in doubt.
        if (transaction.IsNew || (failure is not null && !StoreFailure.IsRefusal(failure)))
        {
            UndoAll(transaction, failure);
            return;
        }

        try
        {
            transaction.DropTurn();
        }
        catch (Exception thrown)
        {
            UndoAll(transaction, thrown);
            return;
        }

        PassOn(transaction);
    }

    // Another process is at work, which is nothing to the connections beside this one.
    private void GiveUp(SharedCommit transaction)
    {
        try
        {
            transaction.Connection.Dispose();
        }
        finally
        {
            turn.Leave();
        }
    }

    private void PassOn(SharedCommit transaction)
    {
        transaction.EndTurn();
        shared = transaction;
        if (!transaction.IsFull && turn.TryPassOn())
            return;
        try
        {
            Store(transaction);
        }
        finally
        {
            turn.Leave();
        }
    }

    private void Store(SharedCommit transaction)
    {
        shared = null;
        Exception? failure = null;
        try
        {
            RequireFile();
            transaction.Connection.Execute(new("COMMIT"));
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }

        try
        {
            if (failure is null)
                GiveBack(transaction.Connection, healthy: true);
            else
                RollBack(transaction.Connection, healthy: false);
        }
        catch (Exception) when (failure is not null)
        {
            // Those who wait are told why nothing is stored, and not what became of the connection after it.
        }
        finally
        {
            transaction.End(failure);
        }
    }

    private void UndoAll(SharedCommit transaction, Exception? failure)
    {
        shared = null;
        try
        {
            RollBack(transaction.Connection, healthy: failure is null);
        }
        finally
        {
            transaction.End(failure, isUndone: true);
            turn.Leave();
        }
    }

    private void RollBack(PreparedConnection connection, bool healthy)
    {
        try
        {
            connection.Execute(new("ROLLBACK"));
        }
        catch (DbException)
        {
            // A full or lost disk has rolled back by itself; closing the connection does the rest.
            healthy = false;
        }

        GiveBack(connection, healthy);
    }

    private void GiveBack(PreparedConnection connection, bool healthy)
    {
        if (healthy)
        {
            idle.Add(connection);
            return;
        }

        // What a connection knows of a file that was read-only or damaged, it keeps when the file is mended; so do those beside it.
        connection.Dispose();
        CloseIdle();
    }

    private async ValueTask<PreparedConnection> RentAsync(CancellationToken cancellationToken)
    {
        RequireFile();
        return idle.TryTake(out var connection) ? connection : new(await OpenAsync(cancellationToken).ConfigureAwait(false), secondsOfAttempt);
    }

    // A file that was deleted while it is open goes on taking writes, all of which are lost with the process.
    private void RequireFile()
    {
        if (string.IsNullOrEmpty(file) || File.Exists(file))
            return;
        CloseIdle();
        throw new SessionStoreException("The database's file has gone. Put it back.", new FileNotFoundException(null, file));
    }

    // Of a URI, whose mode may not be wider than the connection's (SQLite's manual, "Uniform Resource Identifiers").
    private static bool SaysModeItself(string dataSource) =>
        dataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && dataSource.Contains("mode=", StringComparison.OrdinalIgnoreCase);

    private static string WithoutMaking(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        if (!parts.TryGetValue("Mode", out var mode) || string.Equals(mode as string, "ReadWriteCreate", StringComparison.OrdinalIgnoreCase))
            parts["Mode"] = "ReadWrite";
        return parts.ConnectionString;
    }

    private void CloseIdle()
    {
        while (idle.TryTake(out var connection))
            connection.Dispose();
    }
}
