using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Stores;

/// <summary>A database of the run's own, with commits that wait for the disk.</summary>
sealed class DurableEngine : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rescue-benchmark-").FullName;
    private readonly PostgreSqlServer? server;

    private DurableEngine(PostgreSqlServer? server) => this.server = server;

    public bool IsSqlite => server is null;

    public string Name => IsSqlite ? "SQLite" : "PostgreSQL";

    /// <summary>How many write at once: SQLite has one writer.</summary>
    public int Clients => IsSqlite ? 1 : 8;

    public static DurableEngine Sqlite() => new(null);

    public static DurableEngine PostgreSql() => new(new PostgreSqlServer(durable: true));

    public void Configure(DbContextOptionsBuilder options)
    {
        if (server is null)
            options.UseSqlite($"Data Source={File}");
        else
            options.UseNpgsql(server.ConnectionString());
    }

    /// <summary>A connection as one who writes by hand would open it.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        DbConnection connection = server is null
            ? new SqliteConnection($"Data Source={File}")
            : new NpgsqlConnection(server.ConnectionString() + ";Max Auto Prepare=100;Auto Prepare Min Usages=2");
        await connection.OpenAsync();
        if (server is null)
        {
            await using var settings = connection.CreateCommand();
            settings.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;";
            await settings.ExecuteNonQueryAsync();
        }

        return connection;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        server?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string File => Path.Combine(folder, "sessions.db");
}
