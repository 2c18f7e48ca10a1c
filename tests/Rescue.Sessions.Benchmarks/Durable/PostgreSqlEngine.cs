using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>A server of its own, written to by eight at once.</summary>
internal sealed class PostgreSqlEngine : IEngine
{
    private readonly PostgreSqlServer server = new(durable: true);

    public string Name => "PostgreSQL";

    public int Clients => 8;

    public string NextNumber => "pg_current_xact_id()::text::bigint * 1024";

    public string ConnectionString => server.ConnectionString();

    public void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString);

    public async Task<DbConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<IRawClient> ConnectAsync(IReadOnlyList<RawStatement> statements) =>
        await PostgreSqlRawClient.PrepareAsync((NpgsqlConnection)await OpenAsync(), statements);

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        server.Dispose();
    }
}
