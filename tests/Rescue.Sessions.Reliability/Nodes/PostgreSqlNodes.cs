using System.Data.Common;
using Npgsql;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>A server of its own, whose commits wait for the disk.</summary>
sealed class PostgreSqlNodes : NodeDatabase
{
    private readonly PostgreSqlServer server = new(durable: true);

    public override string Name => "PostgreSQL";

    public override string ConnectionString => server.ConnectionString();

    /// <summary>Kills the server with all its processes, and starts it again.</summary>
    public void KillAndStart()
    {
        server.Kill();
        server.Start();
    }

    public override void Dispose() => server.Dispose();

    protected override DbConnection Connect() => new NpgsqlConnection(ConnectionString + ";Pooling=False");
}
