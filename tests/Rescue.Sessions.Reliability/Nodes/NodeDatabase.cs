namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>A database that the nodes of one run share. It goes away when it is disposed of.</summary>
abstract class NodeDatabase : IDisposable
{
    /// <summary>One of each engine.</summary>
    public static IReadOnlyList<Func<NodeDatabase>> Engines { get; } = [() => new SqliteFile(), () => new PostgreSqlNodes()];

    public abstract string Name { get; }

    public abstract string ConnectionString { get; }

    public abstract void Dispose();
}
