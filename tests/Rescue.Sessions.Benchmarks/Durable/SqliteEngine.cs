using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>A file, written by one at a time.</summary>
internal sealed class SqliteEngine : IEngine
{
    private readonly string folder = Directory.CreateTempSubdirectory("rescue-bench-").FullName;

    public string Name => "SQLite";

    public int Clients => 1;

    public string NextNumber => "NULL";

    public string ConnectionString => $"Data Source={Path.Combine(folder, "sessions.db")}";

    public void Configure(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);

    public Task<DbConnection> OpenAsync() => Task.FromResult<DbConnection>(Open());

    public Task<IRawClient> ConnectAsync(IReadOnlyList<RawStatement> statements) =>
        Task.FromResult<IRawClient>(new SqliteRawClient(Open(), statements));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var settings = connection.CreateCommand();
        settings.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;";
        settings.ExecuteNonQuery();
        return connection;
    }
}
