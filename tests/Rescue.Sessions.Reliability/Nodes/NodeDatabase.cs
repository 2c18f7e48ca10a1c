using System.Data.Common;
using System.Globalization;

namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>A database that the nodes of one run share. It goes away when it is disposed of.</summary>
internal abstract class NodeDatabase : IDisposable
{
    /// <summary>One of each engine.</summary>
    public static IReadOnlyList<Func<NodeDatabase>> Engines { get; } = [() => new SqliteFile(), () => new PostgreSqlNodes()];

    public abstract string Name { get; }

    public abstract string ConnectionString { get; }

    /// <summary>How many messages the outbox holds, as the database says without any node.</summary>
    public Task<long> CountOutboxAsync(CancellationToken cancellationToken) => CountAsync("SELECT count(*) FROM rescue_outbox", cancellationToken);

    /// <summary>The number that a query of our own gives.</summary>
    public async Task<long> CountAsync(string query, CancellationToken cancellationToken)
    {
        await using var connection = Connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    /// <summary>The numbers that a query of our own gives.</summary>
    public async Task<IReadOnlyList<long>> ListAsync(string query, CancellationToken cancellationToken)
    {
        await using var connection = Connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var numbers = new List<long>();
        while (await rows.ReadAsync(cancellationToken))
            numbers.Add(rows.GetInt64(0));
        return numbers;
    }

    public abstract void Dispose();

    protected abstract DbConnection Connect();
}
