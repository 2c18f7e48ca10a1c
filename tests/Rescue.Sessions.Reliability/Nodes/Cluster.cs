namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>Nodes on one database.</summary>
internal sealed class Cluster : IDisposable
{
    public const int Size = 3;

    private readonly NodeSettings settings;
    private readonly NodeProcess[] nodes = new NodeProcess[Size];

    private Cluster(NodeSettings settings) => this.settings = settings;

    /// <summary>A node by a number, of which any will do: they go round.</summary>
    public NodeProcess this[int number] => Volatile.Read(ref nodes[number % Size]);

    /// <summary>Starts the nodes on a database that may be empty.</summary>
    /// <param name="database">What they share.</param>
    /// <param name="settings">What each is told besides the database.</param>
    /// <param name="skews">How far the clock of each is wrong; none for right ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<Cluster> StartAsync(
        NodeDatabase database, NodeSettings settings, IReadOnlyList<TimeSpan> skews, CancellationToken cancellationToken)
    {
        var cluster = new Cluster(settings with { Database = database.ConnectionString });
        try
        {
            var starts = Enumerable.Range(0, Size).Select(async number => cluster.nodes[number] =
                await NodeProcess.StartAsync(cluster.settings, skews.Count == 0 ? TimeSpan.Zero : skews[number], cancellationToken));
            await Task.WhenAll(starts);
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Kills one node and starts another in its place.</summary>
    /// <param name="number">Which.</param>
    /// <param name="meanwhile">What happens while it is down.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task KillAndStartAsync(int number, Action meanwhile, CancellationToken cancellationToken)
    {
        using var killed = this[number];
        killed.Kill();
        meanwhile();
        Volatile.Write(ref nodes[number % Size], await NodeProcess.StartAsync(settings, TimeSpan.Zero, cancellationToken));
    }

    public void Dispose()
    {
        foreach (var node in nodes)
            node?.Dispose();
    }
}
