using System.Collections.Concurrent;
using System.Data.Common;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// SQLite with a write-ahead log: readers do not wait, and there is one writer. Within this process writers queue here; between processes
/// the database makes them wait.
/// </summary>
internal sealed class SqliteDatabase(Func<DbConnection> connect) : Database(connect), IDisposable
{
    // Every commit reaches the disk before it is answered. What two processes write at once waits ten seconds for each other.
    private const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;";

    private readonly SemaphoreSlim writer = new(1, 1);
    private readonly ConcurrentBag<PreparedConnection> idle = [];

    public override string ForUpdate => "";

    public override string ForUpdateSkipLocked => "";

    public override string SelectEventBound => "SELECT coalesce(max(sequence), 0) + 1 FROM rescue_event";

    public override bool HasOneWriter => true;

    public override string NextNumber(int index) => "NULL";

    public override Statement? Serialize(string name) => null;

    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await base.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Settings;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    protected override async ValueTask<WriteTransaction> BeginOwnAsync(CancellationToken cancellationToken)
    {
        await writer.WaitAsync(cancellationToken).ConfigureAwait(false);
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

    protected override async ValueTask<List<TRow>> ReadOwnAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
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
            throw;
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var connection))
            connection.Dispose();
        writer.Dispose();
    }

    internal void EndWrite(PreparedConnection connection, bool healthy)
    {
        if (healthy)
            idle.Add(connection);
        else
            connection.Dispose();
        writer.Release();
    }

    private async ValueTask<PreparedConnection> RentAsync(CancellationToken cancellationToken) =>
        idle.TryTake(out var connection) ? connection : new(await OpenAsync(cancellationToken).ConfigureAwait(false));
}
