using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Hooks;

/// <summary>Kills nodes again and again at random points of the load.</summary>
internal sealed class HookKiller(Cluster cluster, HookLoad load, RunArguments arguments)
{
    private const int MostBetween = 400;
    private const int LeastBetween = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Random random = arguments.RandomOf(-1);

    public int Kills { get; private set; }

    /// <summary>Kills until the load has ended: all nodes at once first, so that whoever works a subscription is among them while there is much to tell.</summary>
    public async Task RunAsync(Task loading, CancellationToken cancellationToken)
    {
        var between = Math.Clamp(load.Sessions / 6, LeastBetween, MostBetween);
        var next = 0;
        while (!loading.IsCompleted)
        {
            next += random.Next(between / 2, between * 3 / 2);
            while (load.Done < next && !loading.IsCompleted)
                await Task.Delay(Interval, cancellationToken);
            int[] nodes = Kills == 0 ? [.. Enumerable.Range(0, Cluster.Size)] : [random.Next(Cluster.Size)];
            await Task.WhenAll(nodes.Select(node => cluster.KillAndStartAsync(node, () => { }, cancellationToken)));
            Kills += nodes.Length;
        }
    }
}
