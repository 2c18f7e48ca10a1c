using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>Samples the memory of all nodes while a run goes on.</summary>
internal sealed class MemoryWatch(Cluster cluster, int seconds)
{
    private const int WarmUpSeconds = 300;
    private const int Samples = 6;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly List<long> sampled = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        for (var taken = 0; taken < seconds / Interval.TotalSeconds && await timer.WaitForNextTickAsync(cancellationToken); taken++)
            sampled.Add(Enumerable.Range(0, Cluster.Size).Sum(number => ProcessCost.Of(cluster[number].Id).Memory));
    }

    /// <summary>The last minute by the minute after the first five; null for a run that is too short to tell.</summary>
    public double? Growth()
    {
        var warm = (int)(WarmUpSeconds / Interval.TotalSeconds);
        return sampled.Count < warm + (2 * Samples) ? null : sampled.TakeLast(Samples).Average() / sampled.Skip(warm).Take(Samples).Average();
    }
}
