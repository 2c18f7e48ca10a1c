using System.Collections.Concurrent;
using System.Data.Common;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// SQLite with a write-ahead log: readers do not wait, and there is one writer. Within this process writers queue here; between processes
/// the database makes them wait.
/// </summary>
/// <param name="connect">Makes a connection that is not open.</param>
/// <param name="patience">How long a writer waits for another, all attempts together, in whole seconds; ten by default.</param>
internal sealed class SqliteDatabase(Func<DbConnection> connect, TimeSpan? patience = null) : Database(connect), IDisposable
{
    private readonly int seconds = (int)(patience ?? TimeSpan.FromSeconds(10)).TotalSeconds;
    private readonly int secondsOfAttempt = Math.Max(1, (int)(patience ?? TimeSpan.FromSeconds(10)).TotalSeconds / Repeat.Attempts);
    private readonly SemaphoreSlim writer = new(1, 1);
    private readonly ConcurrentBag<PreparedConnection> idle = [];
    private string? file;
    private volatile bool logHasErased;

    // Every commit reaches the disk before it is answered.
    private string Settings =>
        $"PRAGMA busy_timeout={secondsOfAttempt * 1000}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;";

    public override string ForUpdate => "";

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

    protected override string EventBound => "(SELECT coalesce(max(sequence), 0) + 1 FROM rescue_event)";

    protected override string? SelectWritten => null;

    protected override ValueTask PrepareAsync(CancellationToken cancellationToken) => default;

    protected override async ValueTask<WriteTransaction> BeginCoreAsync(CancellationToken cancellationToken)
    {
        if (!await writer.WaitAsync(TimeSpan.FromSeconds(seconds), cancellationToken).ConfigureAwait(false))
            throw new SessionStoreException($"Other writers of this process have held the database for {seconds} seconds.");
        PreparedConnection? connection = null;
        try
        {
            connection = await RentAsync(cancellationToken).ConfigureAwait(false);
            connection.Execute(new("BEGIN IMMEDIATE"));
            return new SqliteTransaction(this, connection);
        }
        catch
        {
            connection?.Dispose();
            writer.Release();
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
        if (!logHasErased || HostTransaction.Current is not null || !await writer.WaitAsync(TimeSpan.FromSeconds(seconds), cancellationToken).ConfigureAwait(false))
            return;
        var healthy = false;
        var connection = await RentForWriterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A reader who takes long is not waited for while writers wait.
            connection.Execute(new("PRAGMA busy_timeout=100"));
            var isInUse = connection.Query(new("PRAGMA wal_checkpoint(TRUNCATE)"), row => row.GetInt64(0) != 0)[0];
            connection.Execute(new($"PRAGMA busy_timeout={secondsOfAttempt * 1000}"));
            logHasErased = isInUse;
            healthy = true;
        }
        catch (DbException failure)
        {
            throw StoreFailure.Of(failure);
        }
        finally
        {
            EndWrite(connection, healthy);
        }
    }

    public void Dispose()
    {
        CloseIdle();
        writer.Dispose();
    }

    internal void EndWrite(PreparedConnection connection, bool healthy)
    {
        if (healthy)
        {
            idle.Add(connection);
        }
        else
        {
            // What a connection knows of a file that was read-only or damaged, it keeps when the file is mended; so do those beside it.
            connection.Dispose();
            CloseIdle();
        }

        writer.Release();
    }

    private async ValueTask<PreparedConnection> RentForWriterAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RentAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            writer.Release();
            throw;
        }
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

    private void CloseIdle()
    {
        while (idle.TryTake(out var connection))
            connection.Dispose();
    }
}
