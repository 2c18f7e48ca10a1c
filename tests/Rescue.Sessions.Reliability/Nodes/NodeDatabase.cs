using System.Data.Common;

namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>A database that the nodes of one run share. It goes away when it is disposed of.</summary>
abstract class NodeDatabase : IDisposable
{
    /// <summary>One of each engine.</summary>
    public static IReadOnlyList<Func<NodeDatabase>> Engines { get; } = [() => new SqliteFile(), () => new PostgreSqlNodes()];

    public abstract string Name { get; }

    public abstract string ConnectionString { get; }

    /// <summary>How many messages the outbox holds, as the database says without any node.</summary>
    public async Task<long> CountOutboxAsync(CancellationToken cancellationToken)
    {
        await using var connection = Connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM rescue_outbox";
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public abstract void Dispose();

    protected abstract DbConnection Connect();
}
