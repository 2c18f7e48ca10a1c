using System.Data.Common;
using Npgsql;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>A server of its own, whose commits wait for the disk.</summary>
internal sealed class PostgreSqlNodes(bool countsStatements = false) : NodeDatabase
{
    private readonly PostgreSqlServer server = new(durable: true, countsStatements);

    public override string Name => "PostgreSQL";

    public override string ConnectionString => server.ConnectionString();

    /// <summary>The server's first process.</summary>
    public int ProcessId => server.ProcessId;

    /// <summary>Kills the server with all its processes, and starts it again.</summary>
    public void KillAndStart()
    {
        server.Kill();
        server.Start();
    }

    /// <summary>Runs a statement of our own.</summary>
    public async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var connection = Connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override void Dispose() => server.Dispose();

    protected override DbConnection Connect() => new NpgsqlConnection(ConnectionString + ";Pooling=False");
}
